/* The first file of `npm start` and `npm test`. Any Node must be able to read it, since it says when one is too old. */
var major = parseInt(process.versions.node.split('.')[0], 10);
var minor = parseInt(process.versions.node.split('.')[1], 10);
var fault = '';

if (major < 20 || (major === 20 && minor < 19)) {
  fault =
    'Groundswell needs Node 20.19 or newer; this is ' +
    process.versions.node +
    '. Install it from https://nodejs.org and try again.';
} else if (process.platform === 'win32') {
  fault = 'Groundswell runs on Linux and macOS; on Windows run it inside WSL (https://aka.ms/wsl).';
}

if (fault) {
  process.stderr.write(fault + '\n');
  process.exit(1);
}

void require('./bootstrap/main.cjs').main(process.argv.slice(2));
