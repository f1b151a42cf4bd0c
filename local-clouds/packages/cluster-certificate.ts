/**
 * The certificate authority that every local cluster shows. A real certificate whose key was thrown
 * away: nothing can be signed with it, and nothing listens behind it.
 */
const pem = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBqjCCAU+gAwIBAgIUFDAAD/xdzLd/aVqStftXRzN8Wz0wCgYIKoZIzj0EAwIw",
  "KTEnMCUGA1UEAwwebG9jYWwtY2xvdWRzIGNsdXN0ZXIgYXV0aG9yaXR5MCAXDTI2",
  "MTEyNDAzMjkwM1oYDzIxMjYxMDMxMDMyOTAzWjApMScwJQYDVQQDDB5sb2NhbC1j",
  "bG91ZHMgY2x1c3RlciBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC",
  "AATQ6IPelchyI1fhH6GbwZhQeCTbF002p8Sf56XIHLh7mVtFTQGawPeH2cmMBY5F",
  "bNTLOEm2ONIC8e1/67Hv+zJjo1MwUTAdBgNVHQ4EFgQURQgEQXYe4nPsCWDS2bQR",
  "tEMPCMswHwYDVR0jBBgwFoAURQgEQXYe4nPsCWDS2bQRtEMPCMswDwYDVR0TAQH/",
  "BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA2fl6kJZwVnRm034VaLGB+4lqONTc",
  "LaBpbwFFu5iPtRMCIQCaAL6I6w6U5lQBOdvM3Y+ibWsn5QMA9omUQwgSTmGEJg==",
  "-----END CERTIFICATE-----",
].join("\n");

/** The authority as kubeconfigs and cluster outputs carry it: PEM in base64. */
export const clusterCertificate = Buffer.from(`${pem}\n`).toString("base64");
