import type { Author } from '@groundswell/protocol';
import type { Random } from './random.js';

const FIRST =
  `Aino Akua Alba Amara Amir Anouk Aoife Arjun Asha Astrid Ayla Bao Beatriz Bilal Björn Callum Camille Chidi Chloé
Daan Dalia Darius Deniz Dmitri Ebba Eino Elif Emre Enzo Esme Farah Femi Fiona Freya Gabriel Giulia Goran Hana Harriet Hugo
Ibrahim Ines Ingrid Ioana Isaac Jana Jasper Jelena Jin Joana Kai Karim Katya Keiko Kofi Lars Layla Leila Liam Linh Lucia
Mads Malik Mara Marek Mei Mila Milo Nadia Naoki Nia Niamh Noor Nuno Olga Omar Otto Paloma Petra Priya Quinn Rafael Rania
Renske Rosa Ruben Saanvi Samir Sanne Selin Sofia Stellan Tadeo Tamsin Tariq Thandi Tove Uma Vera Viktor Wanda Xiomara Yara
Youssef Yuki Zainab Zofia`.split(/\s+/);
const LAST =
  `Abbott Adeyemi Ahmed Almeida Andersen Aydin Baker Banerjee Becker Bianchi Boateng Bruun Castillo Chen Costa Cruz
Dahl Dumont Duarte Eriksen Farouk Ferrari Fischer Fofana Garcia Gomes Haddad Hansen Hayashi Horvat Ivanova Jansen Jensen
Kamau Kaya Keller Khan Kim Kowalski Laurent Lind Lopes Maier Mbeki Meyer Moreau Murphy Nakamura Ndiaye Nguyen Novak
Nowak Oduya Okafor Olsen Ortega Park Patel Pereira Petrov Popescu Quispe Rahman Reyes Ricci Rossi Said Santos Sato Schmid
Silva Singh Sørensen Suzuki Tanaka Torres Usman Varga Virtanen Vos Walker Weber Wójcik Yilmaz Zhang Zimmermann`.split(
    /\s+/,
  );

/** Distinct members with names from many places; ids are the names in plain letters, so that they read well as mentions. */
export function inventMembers(count: number, { pick }: Random): Author[] {
  const members = new Map<string, Author>();
  for (let tries = 0; members.size < count; tries++) {
    const first = pick(FIRST);
    const last = pick(LAST);
    const plain = slug(`${first}-${last}`);
    const id = tries < 20 * count ? plain : `${plain}-${tries}`;
    if (!members.has(id)) members.set(id, { id, name: `${first} ${last}` });
  }
  return [...members.values()];
}

function slug(name: string): string {
  const plain = name.normalize('NFD').replaceAll('ø', 'o').replaceAll('ł', 'l').replaceAll('ı', 'i');
  return plain.replace(/[^A-Za-z-]/g, '').toLowerCase();
}
