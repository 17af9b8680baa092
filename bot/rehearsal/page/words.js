// What the page itself says, in French and English. What the bot and people wrote is shown as they wrote it.

const WORDS = {
  skip: ["Aller à la saisie", "Skip to the message box"],
  rehearsal: ["Répétition, hors de Slack", "Rehearsal, outside Slack"],
  who: ["Qui êtes-vous ?", "Who are you?"],
  who_hint: [
    "Choisissez une personne de l’espace de démonstration : la page vous montre ce qu’elle voit, et le bot vous répond comme à elle.",
    "Choose somebody in the demo workspace: the page shows what they see, and the bot answers you as it would answer them.",
  ],
  you_are: ["Vous êtes {name}. Changer de personne", "You are {name}. Be somebody else"],
  be: ["Être {name}", "Be {name}"],
  guest: ["compte invité", "guest"],
  external: ["externe", "external"],
  deactivated: ["compte désactivé", "deactivated"],
  bot: ["appli", "app"],
  language: ["Langue de la page", "Language of the page"],
  channels: ["Canaux", "Channels"],
  direct: ["Messages directs", "Direct messages"],
  apps: ["Applications", "Apps"],
  show_channels: ["Canaux", "Channels"],
  home: ["Accueil", "Home"],
  home_of: ["Accueil de {name}", "{name} home"],
  messages: ["Messages", "Messages"],
  unread: ["{count} non lu(s)", "{count} unread"],
  private: ["canal privé", "private channel"],
  shared: ["partagé avec l’extérieur", "shared with outsiders"],
  public: ["canal public", "public channel"],
  archived: ["canal archivé", "archived channel"],
  becomes: ["Changer ce canal", "Change this channel"],
  become_public: ["Le rendre public", "Make it public"],
  become_private: ["Le rendre privé", "Make it private"],
  become_shared: ["Le partager avec l’extérieur", "Share it with outsiders"],
  become_unshared: ["Ne plus le partager", "Stop sharing it"],
  become_archived: ["L’archiver", "Archive it"],
  become_unarchived: ["Le désarchiver", "Unarchive it"],
  become_bot_in: ["Y inviter le bot", "Invite the bot"],
  become_bot_out: ["En retirer le bot", "Remove the bot"],
  bot_absent: ["Le bot n’est pas membre de ce canal.", "The bot is not a member of this channel."],
  no_messages: ["Aucun message pour l’instant.", "No message yet."],
  no_home: ["Le bot n’a encore rien mis sur cette page d’accueil.", "The bot has put nothing on this Home tab yet."],
  loading: ["Chargement…", "Loading…"],
  message_to: ["Message à {name}", "Message {name}"],
  reply_in: ["Répondre dans le fil", "Reply in the thread"],
  rewrite: ["Modifier le message", "Edit the message"],
  take_away: ["Supprimer le message", "Delete the message"],
  take_away_sure: ["Supprimer ce message ? Les autres ne le verront plus.", "Delete this message? Nobody will see it any more."],
  keep: ["Garder", "Keep it"],
  save: ["Enregistrer", "Save"],
  send: ["Envoyer", "Send"],
  composer_hint: [
    "Entrée envoie, Maj+Entrée va à la ligne, « / » propose les commandes.",
    "Enter sends, Shift+Enter starts a line, “/” offers the commands.",
  ],
  commands: ["Commandes proposées", "Suggested commands"],
  shortcuts: ["Raccourcis", "Shortcuts"],
  refused: ["{what} : refusé ({code}).", "{what}: refused ({code})."],
  operation_timeout: [
    "{what} a échoué avec l’erreur « operation_timeout » : le bot n’a pas répondu en 3 secondes.",
    "{what} failed with the error “operation_timeout”: the bot did not answer within 3 seconds.",
  ],
  no_connection: [
    "La page n’arrive plus à joindre son serveur. Elle réessaie…",
    "The page cannot reach its server. Trying again…",
  ],
  dispatch_failed: [
    "{what} : le bot n’est pas en marche, ou il a échoué (dispatch_failed).",
    "{what}: the bot is not running, or it failed (dispatch_failed).",
  ],
  thread: ["Fil de discussion", "Thread"],
  close: ["Fermer", "Close"],
  cancel: ["Annuler", "Cancel"],
  close_thread: ["Fermer le fil", "Close the thread"],
  replies_one: ["1 réponse", "1 reply"],
  replies_many: ["{count} réponses", "{count} replies"],
  edited: ["(modifié)", "(edited)"],
  only_you: ["Visible de vous seul", "Only visible to you"],
  deleted: ["Ce message a été supprimé.", "This message was deleted."],
  more: ["Actions sur le message de {name}, {time}", "Actions on the message of {name}, {time}"],
  options: ["Plus d’actions", "More actions"],
  new: ["Nouveaux messages", "New messages"],
  new_message: ["{name} : {text}", "{name}: {text}"],
  new_elsewhere: ["Nouveau message dans {name}", "New message in {name}"],
  today: ["Aujourd’hui", "Today"],
  yesterday: ["Hier", "Yesterday"],
  file: ["Télécharger {name} ({size})", "Download {name} ({size})"],
  bytes: ["{count} octets", "{count} bytes"],
  kilobytes: ["{count} Ko", "{count} KB"],
  megabytes: ["{count} Mo", "{count} MB"],
  clock: ["Heure de la démonstration", "Time of the rehearsal"],
  clock_now: ["Nous sommes le {when}", "It is now {when}"],
  advance: ["Avancer à :", "Go to:"],
  table: ["Tableau", "Table"],
  not_drawn: ["« {type} » n’est pas dessiné par cette page.", "“{type}” is not drawn by this page."],
  image_elsewhere: ["Image : {alt}", "Image: {alt}"],
  optional: ["(facultatif)", "(optional)"],
  still_handing_over: ["Le fichier n’est pas encore transmis ; un instant.", "The file is not handed over yet; one moment."],
  file_too_large: ["Ce fichier est trop grand : 10 Mo au plus.", "This file is too large: at most 10 MB."],
  required: ["Ce champ est à remplir.", "Please fill in this field."],
  too_long: ["{over} caractère(s) de trop (maximum {max}).", "{over} character(s) too many (maximum {max})."],
  too_short: ["Au moins {min} caractères.", "At least {min} characters."],
  not_email: ["Ce n’est pas une adresse électronique.", "This is not an e-mail address."],
  not_url: ["Ce n’est pas une adresse web (https://…).", "This is not a web address (https://…)."],
  not_number: ["Ce n’est pas un nombre.", "This is not a number."],
  count: ["{used} sur {max} caractères", "{used} of {max} characters"],
  choose: ["Choisir…", "Choose…"],
  nothing_found: ["Aucun résultat", "Nothing found"],
  type_more: ["Tapez au moins {min} caractères", "Type at least {min} characters"],
  remove: ["Retirer {name}", "Remove {name}"],
  clear: ["Effacer le choix", "Clear the choice"],
  submit: ["Valider", "Submit"],
  form_timeout: [
    "Nous n’avons pas pu joindre le bot. Vos réponses sont toujours là : vous pouvez réessayer.",
    "We could not reach the bot. Your answers are still here: you may try again.",
  ],
  form_refused: ["Refusé ({code}).", "Refused ({code})."],
  ago_now: ["à l’instant", "just now"],
};

export const LANGUAGES = ["fr", "en"];

let language = "fr";
let chosen = false;

/** The language the page speaks: "fr" or "en". */
export const spoken = () => language;

/** The language of a person, from their locale ("fr-FR"). */
export const languageOf = (person) => (person?.locale?.toLowerCase().startsWith("en") ? "en" : "fr");

/** Speak `wanted`. Once somebody has `chosen` a language with the switch or in the address, persons no longer change it. */
export function useLanguage(wanted, byChoice = false) {
  if (!LANGUAGES.includes(wanted) || (chosen && !byChoice)) return;
  chosen ||= byChoice;
  language = wanted;
  document.documentElement.lang = wanted;
}

/** The sentence named `name` in the language spoken, its {values} filled in. */
export function say(name, values = {}) {
  const sentence = WORDS[name][LANGUAGES.indexOf(language)];
  return sentence.replace(/\{(\w+)\}/g, (_, value) => values[value] ?? "");
}

/** Whether there is a sentence of that name (the server's error codes have one when there is something to add). */
export const knows = (name) => Object.hasOwn(WORDS, name);

/** One of {fr, en} in the language spoken; a plain string stays as it is. */
export const pick = (both) => (typeof both === "string" ? both : both?.[language] ?? both?.en ?? "");

/** "1 reply", "3 replies". */
export const repliesWords = (count) => (count === 1 ? say("replies_one") : say("replies_many", { count }));

/** The names of all sentences, for whoever checks them. */
export const names = () => Object.keys(WORDS);
