"""Runs cases against moto, inside this process: nothing is listened on, nothing is called outside.

Standard input: {"CASE": [{"as": NAME, "service": SERVICE, "call": METHOD, "with": PARAMETERS}, ...]}
Standard output: {"CASE": {NAME: RESPONSE | {"refused": CODE, "says": MESSAGE}}}

A parameter {"$": "NAME.path.0.to"} stands for a part of an earlier response. Every case starts in an
empty account.
"""

import functools
import json
import os
import sys

# Credentials are looked up on the machine, and in its metadata service, unless some are given.
os.environ.update(
    AWS_ACCESS_KEY_ID="none",
    AWS_SECRET_ACCESS_KEY="none",
    AWS_DEFAULT_REGION="eu-west-1",
    AWS_EC2_METADATA_DISABLED="true",
)

import boto3  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from moto import mock_aws  # noqa: E402


def part(answers, path):
    value = answers
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def filled(value, answers):
    if isinstance(value, dict):
        if set(value) == {"$"}:
            return part(answers, value["$"])
        return {key: filled(item, answers) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, answers) for item in value]
    return value


@functools.cache
def client(service):
    # Reading a service's description takes a second; moto serves a client in every case alike.
    return boto3.client(service)


def run(steps):
    answers = {}
    for step in steps:
        try:
            answer = getattr(client(step["service"]), step["call"])(**filled(step["with"], answers))
            answer.pop("ResponseMetadata", None)
            answers[step["as"]] = answer
        except ClientError as error:
            told = error.response["Error"]
            answers[step["as"]] = {"refused": told["Code"], "says": told["Message"]}
    return answers


def main():
    results = {}
    for name, steps in json.load(sys.stdin).items():
        with mock_aws():
            results[name] = run(steps)
    json.dump(results, sys.stdout, default=str)


main()
