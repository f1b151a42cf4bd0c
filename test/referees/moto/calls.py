"""Names of the calls of AWS's services, as the models that boto3 is made of tell them: `{PREFIX: [CALL, …]}`."""

import json
import sys

import botocore.session

# IAM prefixes whose models have other names.
models = {
    "access-analyzer": ["accessanalyzer"],
    "apigateway": ["apigateway", "apigatewayv2"],
    "elasticfilesystem": ["efs"],
    "elasticloadbalancing": ["elb", "elbv2"],
    "es": ["opensearch", "es"],
    "sso": ["sso-admin"],
    "states": ["stepfunctions"],
}

session = botocore.session.get_session()
answer = {}
for prefix in json.load(sys.stdin):
    names = models.get(prefix, [prefix])
    answer[prefix] = sorted(
        {call for name in names for call in session.get_service_model(name).operation_names}
    )
json.dump(answer, sys.stdout)
