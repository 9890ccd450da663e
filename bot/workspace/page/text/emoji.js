// Names of emoji that people and apps use most; an unknown name stays as it is typed.

const NAMES = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", ok_hand: "👌", clap: "👏", wave: "👋",
  pray: "🙏", raised_hands: "🙌", muscle: "💪", point_right: "👉", point_left: "👈", point_up: "☝️",
  point_down: "👇", eyes: "👀", brain: "🧠", smile: "😄", smiley: "😃", grin: "😁", grinning: "😀",
  joy: "😂", slightly_smiling_face: "🙂", wink: "😉", blush: "😊", thinking_face: "🤔",
  neutral_face: "😐", confused: "😕", disappointed: "😞", cry: "😢", sob: "😭", scream: "😱",
  sweat_smile: "😅", sunglasses: "😎", heart: "❤️", star: "⭐", sparkles: "✨", fire: "🔥",
  tada: "🎉", rocket: "🚀", zap: "⚡", bulb: "💡", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫",
  x: "❌", white_check_mark: "✅", heavy_check_mark: "✔️", question: "❓", exclamation: "❗",
  information_source: "ℹ️", mag: "🔍", mag_right: "🔎", book: "📖", books: "📚",
  page_facing_up: "📄", memo: "📝", pencil: "📝", pushpin: "📌", link: "🔗", lock: "🔒", unlock: "🔓",
  key: "🔑", bell: "🔔", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️",
  calendar: "📅", email: "📧", speech_balloon: "💬", robot_face: "🤖", bug: "🐛", gear: "⚙️",
  wrench: "🔧", hammer: "🔨", package: "📦", chart_with_upwards_trend: "📈", recycle: "♻️",
  arrows_counterclockwise: "🔄", red_circle: "🔴", large_green_circle: "🟢",
  large_yellow_circle: "🟡", white_circle: "⚪", one: "1️⃣", two: "2️⃣", three: "3️⃣",
  coffee: "☕", beers: "🍻", cake: "🍰", sunny: "☀️", umbrella: "☔", earth_africa: "🌍",
  seedling: "🌱",
};

const SHORTCODE = /:([a-z0-9_+'-]+):/g;

/** Return the emoji of a name, or null. */
export function emojiOf(name) {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : null;
}

/** Replace the names of known emoji in a text. */
export function withEmoji(text) {
  return text.replace(SHORTCODE, (typed, name) => emojiOf(name) ?? typed);
}
