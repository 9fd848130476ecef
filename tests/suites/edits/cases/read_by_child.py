"""Read by a child process."""

from ..harness.compiling import program
from ..harness.edits import mode, write
from ..harness.model import DATA, again

CLAUSE = "read by anybody"
PROJECT = "read"
CASES = [
    again(
        "cat",
        """
        import subprocess
        show(subprocess.run(["cat", "CASE/data.csv"], capture_output=True, text=True).stdout)
        """,
    ),
    again(
        "cat_above",
        """
        import subprocess
        show(subprocess.run(["cat", "../../data/CASE.csv"], capture_output=True, text=True).stdout)
        """,
        write("data/CASE.csv", "three"),
        files={"data/CASE.csv": "one"},
    ),
    again(
        "python_child",
        """
        import subprocess, sys
        code = "print(open('CASE/data.csv').read())"
        show(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
             .strip())
        """,
    ),
    again(
        "python_child_isolated",
        """
        import subprocess, sys
        code = "print(open('CASE/data.csv').read())"
        command = [sys.executable, "-I", "-S", "-c", code]
        show(subprocess.run(command, capture_output=True, text=True, env={}).stdout.strip())
        """,
    ),
    again(
        "shell_pipeline",
        """
        import subprocess
        show(subprocess.run("cat CASE/data.csv | tr a-z a-z", shell=True, capture_output=True,
                            text=True).stdout)
        """,
    ),
    again(
        "shell_redirection",
        """
        import subprocess
        command = "read word < CASE/data.csv; echo $word"
        show(subprocess.run(command, shell=True, capture_output=True, text=True).stdout.strip())
        """,
        write(DATA, "three\n"),
        files={DATA: "one\n"},
    ),
    again(
        "grandchild",
        """
        import subprocess
        command = ["sh", "-c", "sh -c 'sh -c \\"cat CASE/data.csv\\"'"]
        show(subprocess.run(command, capture_output=True, text=True).stdout)
        """,
    ),
    again(
        "child_elsewhere",
        """
        import subprocess
        show(subprocess.run(["cat", "data.csv"], cwd="CASE", capture_output=True,
                            text=True).stdout)
        """,
    ),
    again(
        "child_in_a_new_session",
        """
        import subprocess
        show(subprocess.run(["setsid", "-w", "cat", "CASE/data.csv"], capture_output=True,
                            text=True).stdout)
        """,
    ),
    again(
        "os_system",
        """
        import os, tempfile
        with tempfile.NamedTemporaryFile("r") as copy:
            os.system(f"cat CASE/data.csv > {copy.name}")
            show(copy.read())
        """,
    ),
    again("os_popen", 'import os\nshow(os.popen("cat CASE/data.csv").read())'),
    again(
        "posix_spawn",
        """
        import os
        reading, writing = os.pipe()
        child = os.posix_spawn("/bin/cat", ["cat", "CASE/data.csv"], {},
                               file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)])
        os.waitpid(child, 0)
        show(os.read(reading, 9).decode())
        """,
    ),
    again(
        "fork",
        """
        import os
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, open("CASE/data.csv", "rb").read())
            os._exit(0)
        os.waitpid(child, 0)
        show(os.read(reading, 9).decode())
        """,
    ),
    again(
        "fork_and_exec",
        """
        import os
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(writing, 1)
            os.execv("/bin/cat", ["cat", "CASE/data.csv"])
        os.waitpid(child, 0)
        show(os.read(reading, 9).decode())
        """,
    ),
    again(
        "multiprocessing",
        """
        import multiprocessing
        def read(name):
            return open(name).read()
        with multiprocessing.get_context("fork").Pool(1) as pool:
            show(*pool.map(read, ["CASE/data.csv"]))
        """,
    ),
    again(
        "file_as_standard_input",
        """
        import subprocess
        show(subprocess.run(["cat"], stdin=open("CASE/data.csv"), capture_output=True,
                            text=True).stdout)
        """,
    ),
    again(
        "script_of_the_project",
        """
        import subprocess, sys
        show(subprocess.run([sys.executable, "../../lib/CASE.py"], capture_output=True,
                            text=True).stdout.strip())
        """,
        write("lib/CASE.py", 'print("three")\n'),
        files={"lib/CASE.py": 'print("one")\n'},
    ),
    again(
        "module_of_a_child",
        """
        import subprocess, sys
        code = "import sys; sys.path.insert(0, '../../lib'); import CASE_module as m; print(m.word)"
        show(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
             .strip())
        """,
        write("lib/CASE_module.py", 'word = "three"\n'),
        files={"lib/CASE_module.py": 'word = "one"\n'},
    ),
    again(
        "executable_script",
        """
        import subprocess
        show(subprocess.run(["CASE/tool"], capture_output=True, text=True).stdout.strip())
        """,
        write("docs/tutorials/CASE/tool", "#!/bin/sh\necho three\n"),
        files={"docs/tutorials/CASE/tool": "#!/bin/sh\necho one\n"},
        setup=mode("docs/tutorials/CASE/tool", 0o755),
    ),
    again(
        "compiled_program",
        """
        import subprocess
        show(subprocess.run(["../../bin/CASE"], capture_output=True, text=True).stdout.strip())
        """,
        program("bin/CASE", "three"),
        setup=program("bin/CASE", "one"),
    ),
    again(
        "child_lists",
        """
        import subprocess
        listed = subprocess.run(["ls", "CASE"], capture_output=True, text=True).stdout
        show(*listed.split())
        """,
        write("docs/tutorials/CASE/more.csv", ""),
        first="data.csv",
        then="data.csv more.csv",
        files={DATA: ""},
    ),
    again(
        "orphan",
        """
        import subprocess
        show(subprocess.run("(sleep 0.2; cat CASE/data.csv) &", shell=True, capture_output=True,
                            text=True).stdout)
        """,
    ),
]
