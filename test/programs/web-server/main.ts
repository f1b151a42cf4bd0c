import * as aws from "@pulumi/aws";

const image = aws.ec2.getAmiOutput({
  mostRecent: true,
  owners: ["137112412989"],
  filters: [{ name: "name", values: ["al2023-ami-*-x86_64"] }],
});

const web = new aws.ec2.SecurityGroup("web", {
  description: "HTTP from anywhere",
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const server = new aws.ec2.Instance("server", {
  ami: image.id,
  instanceType: "t3.micro",
  vpcSecurityGroupIds: [web.id],
  userData: "#!/bin/sh\necho hello > index.html\npython3 -m http.server 80 &\n",
  metadataOptions: { httpTokens: "required" },
  tags: { Name: "web" },
});

const address = new aws.ec2.Eip("address", { domain: "vpc", instance: server.id });

export const url = address.publicIp.apply((ip) => `http://${ip}`);
export const serverId = server.id;
