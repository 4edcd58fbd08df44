import type { Mood } from './match.js';

/** What is said, with slots in braces that `write-text.ts` fills. */
export const SAID: Record<Mood, readonly string[]> = {
  before: [
    'Settling in for {home} v {away}. {feeling} {emoji}',
    'Line-ups are out and {player} starts! {tag}',
    'Prediction: {home} {score} {away}. {sure}',
    'Snacks ready, phone charged, {place} is loud already {emoji} {tag}',
    'Anyone else watching from {place}? Say hi {emoji}',
    '{friend} is the one who talked me into watching this. {feeling}',
  ],
  kickoff: [
    'And we are off! {tag}',
    'HERE WE GO {emoji}{emoji}',
    '{home} kick off. {feeling} Come on!',
    'That roar from {place} when they came out {emoji}',
    'Minute {minute} and {player} is already everywhere.',
    '{friend} are you watching?? It has started {tag}',
  ],
  play: [
    '{player} is {form} tonight.',
    'Midfield is {form}, {home} keep losing the second ball.',
    'I could watch {player} {skill} all evening {emoji}',
    '{away} pressing so high. {sure}',
    'Minute {minute}: {home} {score} {away}, and it feels {form}.',
    'My {relative} says {player} should come off. {sure}',
    'The commentator has said "{cliche}" four times now {emoji}',
    'Good thread on how {away} defend set pieces: {link}',
    '{friend} told you about {player}. {form} again.',
    'Not much happening, so here is my half-time snack report: {snack}.',
    'Why is nobody talking about {player}? {tag}',
  ],
  chance: [
    'HOW did {player} miss that?! {emoji}',
    'Off the post! {feeling}',
    'What a save. What. A. Save. {tag}',
    '{player} {skill} and then… over the bar {emoji}',
    'I was already standing up. My {relative} is laughing at me.',
    'Minute {minute} and that is the best move of the match. {sure}',
    'Inches! {place} is holding its breath {emoji}',
  ],
  goal: [
    'GOOOOAL {player}!!! {emoji}{emoji}{emoji}',
    '{player}! {player}! {player}! {tag}',
    'Get in!! Minute {minute}, what a finish {emoji}',
    'That {skill} before the goal is {form}',
    'I have just spilled {snack} over my {relative}. Worth it. {tag}',
    'Everybody in {place} just jumped at once {emoji}',
    '{friend} DID YOU SEE THAT',
    'Never offside. {sure} {tag}',
    'Replay from behind the goal: {link} {emoji}',
    'Against the run of play, but who cares {emoji}',
    '{home} {score} {away}.\n\nI need to sit down. {feeling}',
  ],
  card: [
    'That is a yellow all day. {sure}',
    'Never a card! Where was the ref looking? {emoji}',
    '{player} has to calm down, minute {minute} only.',
    'Soft. Very soft. {tag}',
    '{friend} you are going to say that was a foul, aren\u2019t you?',
  ],
  break: [
    'Half-time: {home} {score} {away}. {feeling}',
    'Time for {snack} {emoji}',
    '{player} is my player of the half. {sure}',
    'Numbers of the first half: {link} {tag}',
    'Somebody tell {home} to use the left side.',
    'Breathing again. My {relative} has gone to make {snack}.',
  ],
  end: [
    'Full time! {home} {score} {away}. {feeling} {tag}',
    'What a match {emoji}{emoji}',
    '{player} was {form} from first minute to last.',
    'My voice is gone. {place} will not sleep tonight {emoji}',
    'See you all at the next one {emoji} {tag}',
    'Rating: {form}. {sure}',
  ],
};

export const ANSWERED: readonly string[] = [
  'Exactly this {emoji}',
  '{sure}',
  'No way. {player} was {form}.',
  'Ha, my {relative} said the same!',
  'Watch it again: {link}',
  'You would not say that in {place} {emoji}',
  'Same here. {feeling}',
  'Bet you {snack} that {away} score next.',
  '{emoji}{emoji}{emoji}',
  'Who else saw {player} {skill} there?',
  'Could not have put it better.',
  'Minute {minute}, remember this comment {emoji}',
];

const words = (text: string): string[] => text.split(' | ');

/** What the slots can be. Two clubs are drawn for each match; minute and friend come with the moment. */
export const SLOTS: Record<string, readonly string[]> = {
  player: words(
    'Okonjo | Vance | Marchetti | Delacroix | Ito | Bergström | Salah-Reed | Novotný | Tiago | Kessler | Adu',
  ),
  skill: words('turning his marker | threading that pass | going past three | chipping the keeper | winning it back'),
  form: words(
    'unreal | on fire | half asleep | absolutely everywhere | a class above | painful to watch | pure poetry',
  ),
  feeling: words(
    'My heart. | Nervous. | I believe. | So happy right now. | I can\u2019t look. | Goosebumps. | Not convinced yet.',
  ),
  sure: words(
    'Mark my words. | I said what I said. | Change my mind. | Maybe. | No question. | Honestly not sure. | Trust me.',
  ),
  place: words(
    'the north stand | Lisbon | our kitchen | the bus home | Nairobi | the pub | Osaka | row 34 | the night shift',
  ),
  relative: words('dad | sister | neighbour | grandmother | flatmate | cat | boss | little brother'),
  snack: words('cold pizza | popcorn | mint tea | crisps | half a watermelon | leftover noodles | pretzels'),
  cliche: words('a game of two halves | end to end | they want it more | early doors | clinical'),
  emoji: words('⚽ | 🔥 | 😱 | 🎉 | 👏 | 😂 | 🙌 | 💙 | ❤️ | 🥅 | 🤯 | 👀 | 🫶 | 🍿 | 😭 | 💪🏽'),
  tag: words('#TheFinal | #matchday | #LiveTonight | #groundswell | #UpTheBlues | #drama'),
  link: words(
    'https://example.org/replay | https://example.org/stats?half=1 | https://example.org/lineups | https://example.org/tactics/press',
  ),
  score: words('0–0 | 1–0 | 0–1 | 1–1 | 2–1 | 2–2 | 3–1 | 2–3'),
};

export const CLUBS = words(
  'Harbour City | Real Montaña | Northfield | Sankt Leon | Olympic Vale | Dynamo Ost | Porto Novo | Rangers',
);
