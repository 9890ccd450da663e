// Slack's timestamps as a person reads them.

const CLOCK = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" });
const WHOLE = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat("en", { weekday: "long", month: "long", day: "numeric" });

/** Return the moment that a timestamp such as 1700000000.000100 stands for. */
export function momentOf(ts) {
  return new Date(Number(ts) * 1000);
}

/** Return the time of day. */
export function clock(ts) {
  return CLOCK.format(momentOf(ts));
}

/** Return date and time in full. */
export function wholeMoment(ts) {
  return WHOLE.format(momentOf(ts));
}

/** Return the day: today, yesterday, or its date. */
export function dayName(ts, now = new Date()) {
  const day = startOfDay(momentOf(ts));
  const days = Math.round((startOfDay(now) - day) / 86_400_000);
  if (days === 0) {
    return "Today";
  }
  return days === 1 ? "Yesterday" : DAY.format(day);
}

/** Whether two timestamps are of the same day. */
export function isSameDay(one, other) {
  return startOfDay(momentOf(one)).getTime() === startOfDay(momentOf(other)).getTime();
}

function startOfDay(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
}
