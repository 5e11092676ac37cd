# SPDX-License-Identifier: Apache-2.0
"""Runs one task as a stock Farm agent runs a base job: farm_stock_agent.py DEFINITIONS TASK

DEFINITIONS is a file of job definitions, TASK a JSON object with task_type and task_args. Prints one JSON object:
the task's status, the command line, and what the program said.
"""
import json
import os
import subprocess
import sys
import tomllib


def command_line(job, task_args):
    processed = []
    for key, value in task_args.items():
        # A key that is not allowed makes the start fail; defaults are not applied.
        allowed = job["allowed_args"][key]
        if allowed["arg"].isdigit():
            processed.insert(int(allowed["arg"]), str(value))
        elif allowed.get("separator", "=") == " ":
            processed += [allowed["arg"], str(value)]
        else:
            processed.append(f"{allowed['arg']}{allowed.get('separator', '=')}{value}")
    args = []
    for word in job.get("args", []):
        args += word.split(" ") if word.startswith("--enable") else [word]
    return [job["command"]] + args + processed


def run(definitions, task):
    with open(definitions, "rb") as file:
        jobs = tomllib.load(file)["job"]
    job = jobs[task["task_type"]]
    assert len(job["name"]) <= 32 and "_" not in job["name"] and job["job_type"] == "base", job
    assert os.path.isabs(job["command"]), job["command"]
    try:
        words = command_line(job, task["task_args"])
    except KeyError as error:
        return {"status": "errored", "words": [], "log": f"the argument {error} is not allowed"}
    environment = {"HOME": os.environ["HOME"], "OV_FARM_TASK_ID": "1", "OV_FARM_VERSION": "2.0.42"} | job.get("env", {})
    # No shell, no working folder of the task's own, both streams in one log.
    ended = subprocess.run(
        words, env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    is_good = ended.returncode in job["success_return_codes"]
    return {
        "status": "finished" if is_good else "errored", "words": words, "code": ended.returncode,
        "log": ended.stdout.decode(errors="replace"),
    }


print(json.dumps(run(sys.argv[1], json.loads(sys.argv[2]))))
