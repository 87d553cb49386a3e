// The door: draws a story into an element. `told` is the story; `options`: dark, ownTheme, level, and
// what `standing` gave before.
const mount = (root, told, options = {}) => {
  const player = new Player(root, told, options);
  if (options.id !== told.id) return player;
  Object.assign(player, { world: options.world, beside: options.beside, speed: options.speed });
  player.speeds.value = options.speed;
  player.choose();
  player.seek(options.day);
  if (options.playing) player.start();
  return player;
};
