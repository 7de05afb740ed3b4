// Runs the emulator of Slack's Web API on the port it is told: `node emulate.mjs 4500`.
import { createEmulator } from "emulate";

const scopes = ["chat:write", "commands", "im:history", "im:write", "users:read"];
const app = {
  client_id: "1.2",
  client_secret: "gone",
  name: "Evenkeel",
  redirect_uris: [],
  scopes,
  bot_id: "B0BOT",
  bot_user_id: "U0BOT",
  bot_name: "evenkeel",
};
const seed = {
  slack: {
    team: { name: "work" },
    users: [{ name: "ana", real_name: "Ana Lima", email: "ana@example.com" }],
    oauth_apps: [app],
    tokens: [{ token: "xoxb-emulated", user_id: "U0BOT", bot_id: "B0BOT", scopes }],
    strict_scopes: true,
  },
};
const emulator = await createEmulator({ service: "slack", port: Number(process.argv[2]), seed });
process.stdout.write(`${emulator.url}\n`);
