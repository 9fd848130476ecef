"""Edits of ``conf.py`` after which a setting means something else."""

CHANGES = {
    "a number": ("it = 1", "it = 2"),
    "a number's type": ("it = 1", "it = True"),
    "an entry of a list": ("it = [1, 2]", "it = [1, 3]"),
    "the order of a list": ("it = [1, 2]", "it = [2, 1]"),
    "an entry of a mapping": ("it = {'a': 1}", "it = {'a': 2}"),
    "an entry of a set": ("it = {'a', 'b'}", "it = {'a', 'c'}"),
    "a pattern": ("import re; it = re.compile('a')", "import re; it = re.compile('b')"),
    "the flags of a pattern": (
        "import re; it = re.compile('a')",
        "import re; it = re.compile('a', 2)",
    ),
    "a function's code": ("def it(): return 1", "def it(): return 2"),
    "a called method's name": ("def it(x): return x.lower()", "def it(x): return x.upper()"),
    "a lambda": ("it = lambda: 1", "it = lambda: 2"),
    "a default": ("def it(x=1): return x", "def it(x=2): return x"),
    "a keyword default": ("def it(*, x=1): return x", "def it(*, x=2): return x"),
    "a called function": (
        "def f(): return 1\ndef it(): return f()",
        "def f(): return 2\ndef it(): return f()",
    ),
    "a function called by a called one": (
        "def g(): return 1\ndef f(): return g()\ndef it(): return f()",
        "def g(): return 2\ndef f(): return g()\ndef it(): return f()",
    ),
    "a function called in a comprehension": (
        "def f(): return 1\ndef it(): return [f() for _ in 'ab']",
        "def f(): return 2\ndef it(): return [f() for _ in 'ab']",
    ),
    "a constant": ("N = 1\ndef it(): return N", "N = 2\ndef it(): return N"),
    "the order of a mapping that a function goes through": (
        "N = {'a': 1, 'b': 2}\ndef it(): return list(N)",
        "N = {'b': 2, 'a': 1}\ndef it(): return list(N)",
    ),
    "a name that begins to mean something": ("def it(): return N", "N = 2\ndef it(): return N"),
    "a closure": (
        "def make(n):\n  def f(): return n\n  return f\nit = make(1)",
        "def make(n):\n  def f(): return n\n  return f\nit = make(2)",
    ),
    "what partial holds": (
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, 1)",
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, 2)",
    ),
    "a keyword that partial holds": (
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, b=1)",
        "from functools import partial\ndef f(a, b): pass\nit = partial(f, b=2)",
    ),
    "the function that partial calls": (
        "from functools import partial\ndef f(a): return 1\nit = partial(f, 1)",
        "from functools import partial\ndef f(a): return 2\nit = partial(f, 1)",
    ),
    "a decorated function": (
        "from functools import lru_cache\n@lru_cache\ndef it(): return 1",
        "from functools import lru_cache\n@lru_cache\ndef it(): return 2",
    ),
    "a decorated context manager": (
        "from contextlib import contextmanager\n@contextmanager\ndef it(): yield 1",
        "from contextlib import contextmanager\n@contextmanager\ndef it(): yield 2",
    ),
    "a decorator": (
        "def d(f):\n  def w(): return f() + 1\n  return w\n@d\ndef it(): return 1",
        "def d(f):\n  def w(): return f() + 2\n  return w\n@d\ndef it(): return 1",
    ),
    "an attribute of an instance": (
        "class A:\n  def __init__(self, n): self.n = n\nit = A(1)",
        "class A:\n  def __init__(self, n): self.n = n\nit = A(2)",
    ),
    "a slot of an instance": (
        "class A:\n  __slots__ = ('n',)\n  def __init__(self, n): self.n = n\nit = A(1)",
        "class A:\n  __slots__ = ('n',)\n  def __init__(self, n): self.n = n\nit = A(2)",
    ),
    "a slot of an instance that has attributes as well": (
        "class B:\n  __slots__ = 'n'\nclass A(B): pass\nit = A(); it.n = 1; it.m = 1",
        "class B:\n  __slots__ = 'n'\nclass A(B): pass\nit = A(); it.n = 2; it.m = 1",
    ),
    "the method of an instance whose text says nothing of it": (
        "class A:\n  def __repr__(self): return 'A'\n  def f(self): return 1\nit = A()",
        "class A:\n  def __repr__(self): return 'A'\n  def f(self): return 2\nit = A()",
    ),
    "an inherited method": (
        "class B:\n  def f(self): return 1\nclass A(B): pass\nit = A()",
        "class B:\n  def f(self): return 2\nclass A(B): pass\nit = A()",
    ),
    "a method of a metaclass": (
        "class M(type):\n  def f(self): return 1\nclass it(metaclass=M): pass",
        "class M(type):\n  def f(self): return 2\nclass it(metaclass=M): pass",
    ),
    "a bound method": (
        "class A:\n  def f(self): return 1\nit = A().f",
        "class A:\n  def f(self): return 2\nit = A().f",
    ),
    "the instance of a bound method": (
        "class A:\n  def __init__(self, n): self.n = n\n  def f(self): pass\nit = A(1).f",
        "class A:\n  def __init__(self, n): self.n = n\n  def f(self): pass\nit = A(2).f",
    ),
    "a class method": (
        "class A:\n  @classmethod\n  def f(cls): return 1\nit = A.f",
        "class A:\n  @classmethod\n  def f(cls): return 2\nit = A.f",
    ),
    "a static method": (
        "class A:\n  @staticmethod\n  def f(): return 1\nit = A",
        "class A:\n  @staticmethod\n  def f(): return 2\nit = A",
    ),
    "a property": (
        "class A:\n  @property\n  def f(self): return 1\nit = A",
        "class A:\n  @property\n  def f(self): return 2\nit = A",
    ),
    "a constant of a class": ("class it: n = 1", "class it: n = 2"),
    "what a method calls": (
        "def f(): return 1\nclass it:\n  def g(self): return f()",
        "def f(): return 2\nclass it:\n  def g(self): return f()",
    ),
    "the value of a member of an enumeration": (
        "import enum\nclass E(enum.Enum): A = 1\nit = E.A",
        "import enum\nclass E(enum.Enum): A = 2\nit = E.A",
    ),
    "a field of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass D: n: int\nit = D(1)",
        "from dataclasses import dataclass\n@dataclass\nclass D: n: int\nit = D(2)",
    ),
    "a default of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass it: n: int = 1",
        "from dataclasses import dataclass\n@dataclass\nclass it: n: int = 2",
    ),
    "an entry of a mapping with a default": (
        "from collections import defaultdict\nit = defaultdict(list, a=[1])",
        "from collections import defaultdict\nit = defaultdict(list, a=[2])",
    ),
    "an entry of a named tuple": (
        "from collections import namedtuple\nit = namedtuple('P', 'a b')(1, 2)",
        "from collections import namedtuple\nit = namedtuple('P', 'a b')(1, 3)",
    ),
    "an item getter": (
        "from operator import itemgetter\nit = itemgetter('a')",
        "from operator import itemgetter\nit = itemgetter('b')",
    ),
    "the state of a random generator": (
        "import random\nit = random.Random(1)",
        "import random\nit = random.Random(2)",
    ),
    "a path": (
        "from pathlib import Path\nit = Path(ROOT) / 'a'",
        "from pathlib import Path\nit = Path(ROOT) / 'b'",
    ),
    "where a jump leads": (
        "def it(x):\n  while x:\n    x = f(x)\n    if x: break\n  return x",
        "def it(x):\n  while x:\n    x = f(x)\n    if x: continue\n  return x",
    ),
    "what an exception handler covers": (
        "def it(x):\n  try:\n    a()\n  except OSError:\n    c()\n  b()",
        "def it(x):\n  try:\n    a()\n    b()\n  except OSError:\n    c()",
    ),
    "a docstring that is read": (
        "def it():\n  'One.'\n  return it.__doc__",
        "def it():\n  'Two.'\n  return it.__doc__",
    ),
}
