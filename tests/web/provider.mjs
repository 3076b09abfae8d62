// An OpenID Connect provider on loopback: whose people, and what is wrong with their tokens, a file says.
//
//   node provider.mjs PEOPLE.json REDIRECT
//
// It prints its port once it listens. PEOPLE.json: {"people": {"asha": {"email": …, "groups": […]}},
// "fault": "", "documentIssuer": ""}; it is read anew at each request.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import * as jose from "jose";
import Provider from "oidc-provider";

const [, , file, redirect] = process.argv;
const told = () => JSON.parse(readFileSync(file, "utf8"));

const own = await jose.generateKeyPair("RS256", { extractable: true });
const other = await jose.generateKeyPair("RS256", { extractable: true });
const jwk = { ...(await jose.exportJWK(own.privateKey)), kid: "own", use: "sig", alg: "RS256" };

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: "remit", client_secret: "kept between the two", redirect_uris: [redirect] }],
  jwks: { keys: [jwk] },
  cookies: { keys: ["of the tests alone"] },
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...told().people[id] }) }),
});

const now = () => Math.floor(Date.now() / 1000);
const changes = {
  issuer: () => ({ iss: "https://login.example" }),
  nonce: () => ({ nonce: "of another sign-in" }),
  "no nonce": () => ({ nonce: undefined }),
  audience: () => ({ aud: "another application" }),
  "other party": () => ({ azp: "another application" }),
  expired: () => ({ iat: now() - 7200, exp: now() - 3600 }),
  "not yet": () => ({ nbf: now() + 3600 }),
  "no end": () => ({ exp: undefined }),
  "no subject": () => ({ sub: undefined }),
};

async function spoiled(token, fault) {
  const claims = { ...jose.decodeJwt(token), ...changes[fault]?.() };
  const signed = (key, head) =>
    new jose.SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "own", ...head }).sign(key);
  if (fault === "signature") return signed(other.privateKey);
  if (fault === "unknown key") return signed(own.privateKey, { kid: "elsewhere" });
  if (fault === "unsigned") return new jose.UnsecuredJWT(claims).encode();
  if (fault === "public key as secret") {
    const pem = new TextEncoder().encode(await jose.exportSPKI(own.publicKey));
    return signed(pem, { alg: "HS256" });
  }
  if (fault === "no token at all") return undefined;
  if (fault === "no token") return "not.a.token";
  return signed(own.privateKey);
}

provider.use(async (context, next) => {
  await next();
  const { fault, documentIssuer } = told();
  if (fault && context.body?.id_token) context.body.id_token = await spoiled(context.body.id_token, fault);
  if (documentIssuer && context.path.endsWith("openid-configuration")) {
    context.body = { ...context.body, issuer: documentIssuer };
  }
});

server.on("request", provider.callback());
console.log(`listening on ${issuer}`);
