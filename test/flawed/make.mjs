import { writeFileSync } from "node:fs";
const R=[];
const add=(type,name,id,inputs,outputs={})=>R.push({type,name,id,inputs,...(Object.keys(outputs).length?{outputs}:{})});
// AWS
add("aws:ec2/vpc:Vpc","aws","vpc-1",{cidrBlock:"10.0.0.0/16",enableDnsHostnames:true});
add("aws:ec2/internetGateway:InternetGateway","aws-internet","igw-1",{vpcId:"vpc-1"});
add("aws:ec2/routeTable:RouteTable","aws-public","rtb-1",{vpcId:"vpc-1",routes:[{cidrBlock:"0.0.0.0/0",gatewayId:"igw-1"}]});
for (const [i,t] of ["web","app","data"].entries()) add("aws:ec2/subnet:Subnet",`aws-${t}-subnet`,`subnet-${t}`,{vpcId:"vpc-1",cidrBlock:`10.0.${i+1}.0/24`,...(t==="web"?{mapPublicIpOnLaunch:true}:{})});
add("aws:ec2/routeTableAssociation:RouteTableAssociation","aws-web-public","rtbassoc-1",{routeTableId:"rtb-1",subnetId:"subnet-web"});
const D={web:"Web tier security group",app:"Application tier security group",data:"Data tier security group"};
for (const t of ["web","app","data"]) add("aws:ec2/securityGroup:SecurityGroup",`aws-${t}-group`,`sg-${t}`,{vpcId:"vpc-1",description:D[t],tags:{tier:t}});
const rule=(dir,name,g,port,peer)=>add(`aws:vpc/securityGroup${dir}Rule:SecurityGroup${dir}Rule`,name,`sgr-${name}`,{securityGroupId:g,ipProtocol:"tcp",fromPort:port,toPort:port,...peer});
rule("Ingress","aws-web-https","sg-web",443,{cidrIpv4:"0.0.0.0/0"});
rule("Egress","aws-web-to-app","sg-web",3306,{referencedSecurityGroupId:"sg-app"});
rule("Ingress","aws-app-from-web","sg-app",3306,{referencedSecurityGroupId:"sg-web"});
rule("Egress","aws-app-to-data","sg-app",5432,{referencedSecurityGroupId:"sg-data"});
rule("Ingress","aws-data-from-app","sg-data",5432,{referencedSecurityGroupId:"sg-app"});
for (const [i,t] of ["web","app","data"].entries()) add("aws:ec2/instance:Instance",`aws-${t}`,`i-${t}`,{ami:"ami-1",instanceType:"t3.micro",subnetId:`subnet-${t}`,privateIp:`10.0.${i+1}.10`,vpcSecurityGroupIds:[`sg-${t}`],tags:{tier:t}});
// Azure
const sub="/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.Network";
add("azure-native:network:VirtualNetwork","azure",`${sub}/virtualNetworks/azure`,{resourceGroupName:"shop",virtualNetworkName:"azure",addressSpace:{addressPrefixes:["10.1.0.0/16"]}},{name:"azure"});
const nsg={web:{name:"HTTPS",port:"443",from:"*"},app:{name:"FromWebTier",port:"8080",from:"10.1.1.0/24"}};
for (const [i,t] of ["web","app"].entries()) {
  const r=nsg[t];
  add("azure-native:network:NetworkSecurityGroup",`azure-${t}-group`,`${sub}/networkSecurityGroups/${t}`,{resourceGroupName:"shop",networkSecurityGroupName:t,securityRules:[{name:r.name,priority:100,direction:"Inbound",access:"Allow",protocol:"Tcp",sourcePortRange:"*",destinationPortRange:r.port,sourceAddressPrefix:r.from,destinationAddressPrefix:"*"}]},{name:t});
  add("azure-native:network:Subnet",`azure-${t}-subnet`,`${sub}/virtualNetworks/azure/subnets/${t}`,{resourceGroupName:"shop",virtualNetworkName:"azure",subnetName:t,addressPrefix:`10.1.${i+1}.0/24`,networkSecurityGroup:{id:`${sub}/networkSecurityGroups/${t}`}},{name:t});
}
add("azure-native:network:PublicIPAddress","azure-web-public",`${sub}/publicIPAddresses/web`,{resourceGroupName:"shop",publicIpAddressName:"web",sku:{name:"Standard"},publicIPAllocationMethod:"Static"},{name:"web"});
for (const [i,t] of ["web","app"].entries()) add("azure-native:network:NetworkInterface",`azure-${t}`,`${sub}/networkInterfaces/${t}`,{resourceGroupName:"shop",networkInterfaceName:t,ipConfigurations:[{name:"main",subnet:{id:`${sub}/virtualNetworks/azure/subnets/${t}`},privateIPAllocationMethod:"Static",privateIPAddress:`10.1.${i+1}.10`,...(t==="web"?{publicIPAddress:{id:`${sub}/publicIPAddresses/web`}}:{})}],tags:{tier:t}},{name:t});
// GCP
const link=p=>`https://www.googleapis.com/compute/v1/projects/shop/${p}`;
add("gcp:compute/network:Network","gcp","projects/shop/global/networks/gcp",{name:"gcp",project:"shop",autoCreateSubnetworks:false},{selfLink:link("global/networks/gcp"),name:"gcp"});
for (const [i,t] of ["web","app"].entries()) add("gcp:compute/subnetwork:Subnetwork",`gcp-${t}-subnet`,`projects/shop/regions/us-central1/subnetworks/${t}-subnet`,{name:`${t}-subnet`,project:"shop",region:"us-central1",network:"projects/shop/global/networks/gcp",ipCidrRange:`10.2.${i+1}.0/24`},{selfLink:link(`regions/us-central1/subnetworks/${t}-subnet`),name:`${t}-subnet`});
add("gcp:compute/firewall:Firewall","gcp-allow-web-to-app","projects/shop/global/firewalls/allow-web-to-app",{name:"allow-web-to-app",project:"shop",network:"projects/shop/global/networks/gcp",direction:"INGRESS",priority:1000,sourceRanges:["10.2.1.0/24"],targetTags:["app-tier"],allows:[{protocol:"tcp",ports:["8080"]}]});
add("gcp:compute/firewall:Firewall","gcp-deny-all-else","projects/shop/global/firewalls/deny-all-else",{name:"deny-all-else",project:"shop",network:"projects/shop/global/networks/gcp",direction:"INGRESS",priority:65534,sourceRanges:["0.0.0.0/0"],denies:[{protocol:"all"}]});
for (const [i,t] of ["web","app"].entries()) add("gcp:compute/instance:Instance",`gcp-${t}`,`projects/shop/zones/us-central1-a/instances/${t}`,{name:t,project:"shop",zone:"us-central1-a",machineType:"e2-micro",bootDisk:{initializeParams:{image:"debian-cloud/debian-12"}},networkInterfaces:[{subnetwork:`projects/shop/regions/us-central1/subnetworks/${t}-subnet`,networkIp:`10.2.${i+1}.10`,...(t==="web"?{accessConfigs:[{}]}:{})}],...(t==="app"?{tags:["app-tier"]}:{}),labels:{tier:t}});
writeFileSync("state.json",JSON.stringify(R,null,2)+"\n");
const place=(name,region,n,six)=>({name,cloud:name,region,cidr4:`10.${n}.0.0/16`,...(six?{cidr6:six}:{})});
writeFileSync("intent.json",JSON.stringify({
 places:[place("aws","eu-central-1",0),place("azure","westeurope",1,"fd10:1::/48"),place("gcp","us-central1",2,"fd20:2::/48")],
 segments:[["web","what browsers talk to"],["app","business logic"],["data","databases"]].map(([name,purpose])=>({name,purpose,egress:"none",members:[{tag:{key:"tier",value:name}},...(name==="app"?[{tag:{key:"app-tier",value:""}}]:[])]})),
 flows:[{from:"internet",to:"web",ports:"tcp/443",because:"browsers reach the shop"},{from:"web",to:"app",ports:"tcp/8080",because:"pages ask the business logic"},{from:"app",to:"data",ports:"tcp/5432",because:"business logic keeps its records"}],
},null,2)+"\n");
