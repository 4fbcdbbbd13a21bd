"""Real CRM servers for `.ci/crm-runs`: installed from the package indexes, run in folders of their own.

Each server listens on a port of 127.0.0.1 that was free, keeps its data in a fresh folder and ends with the process
that started it. What is installed stays in KEPT, so that a second run starts in seconds.
"""
import base64, glob, json, os, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.request

KEPT = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"ferry-crm-{os.getuid()}")
TRYTON = ["trytond==8.2.1", "trytond_party==8.2.0", "trytond_party_relationship==8.2.0", "trytond_sale==8.2.0",
          "trytond_sale_opportunity==8.2.0", "psycopg[binary,pool]==3.3.9"]
BOTTLE = ["django-crm==1.35.0"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(words, log, **more):
    with open(log, "ab") as out:
        done = subprocess.run(words, stdout=out, stderr=out, **more)
    if done.returncode: sys.exit(f"{words[0]} ended with {done.returncode}; its words are in {log}")


class Server:
    """A program that was started here, and is stopped by its process id."""
    process = None
    # All that were made, so that whoever ends the run can stop each.
    made = []

    def __init__(self):
        Server.made.append(self)
        os.makedirs(KEPT, mode=0o700, exist_ok=True)
        self.folder = tempfile.mkdtemp(prefix="ferry-crm-", dir=os.environ.get("TMPDIR", "/tmp"))
        os.chmod(self.folder, 0o755)
        self.log = os.path.join(KEPT, f"{self.name}.log")
        self.port = free_port()

    def launch(self, words, answers, **more):
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(words, stdout=out, stderr=out, start_new_session=True, **more)
        for _ in range(600):
            if self.process.poll() is not None: sys.exit(f"{self.name} ended at once; its words are in {self.log}")
            if answers(): return
            time.sleep(0.1)
        sys.exit(f"{self.name} does not answer; its words are in {self.log}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.end)
            try: self.process.wait(20)
            except subprocess.TimeoutExpired: os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def listens(self):
        with socket.socket() as probe: return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Postgres(Server):
    """PostgreSQL as an ordinary user, one superuser `postgres` without a password on this machine alone."""
    name, end = "postgres", signal.SIGINT

    def start(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/opt/homebrew/opt/postgresql@*/bin"))
        if not found: sys.exit("PostgreSQL is not installed: `make deps-crm` brings it")
        user = []
        if os.getuid() == 0:
            user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(self.folder, "postgres")
        data = self.folder + "/data"
        run(user + [found[-1] + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8",
                    "-E", "UTF8"], self.log, cwd="/tmp")
        self.launch(user + [found[-1] + "/postgres", "-D", data, "-k", self.folder, "-c", f"port={self.port}", "-c",
                            "listen_addresses=127.0.0.1", "-c", "fsync=off"], self.listens, cwd="/tmp")
        self.psql = [found[-1] + "/psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-qAt"]
        for _ in range(100):
            if subprocess.run(self.psql + ["-c", "SELECT 1"], capture_output=True).returncode == 0: break
            time.sleep(0.1)
        self.ask("CREATE ROLE crm LOGIN PASSWORD 'crm'")
        return self

    def ask(self, statement, database="postgres"):
        return subprocess.run(self.psql + ["-d", database, "-c", statement], check=True, capture_output=True,
                              text=True).stdout


class Tryton(Server):
    """Tryton with its sales modules; `call` speaks to it as its own client does."""
    name, end = "tryton", signal.SIGTERM
    password = "crm-runs-admin"

    def install(self):
        self.venv = os.path.join(KEPT, "tryton")
        stamp = os.path.join(self.venv, "installed")
        if os.path.exists(stamp) and open(stamp).read() == " ".join(TRYTON): return
        shutil.rmtree(self.venv, ignore_errors=True)
        run([sys.executable, "-m", "venv", self.venv], self.log)
        run([self.venv + "/bin/pip", "-q", "install"] + TRYTON, self.log)
        with open(stamp, "w") as out: out.write(" ".join(TRYTON))

    def start(self, postgres):
        self.install()
        config = os.path.join(self.folder, "trytond.conf")
        with open(config, "w") as out:
            out.write(f"[database]\nuri = postgresql://postgres@127.0.0.1:{postgres.port}/\n"
                      f"[web]\nlisten = 127.0.0.1:{self.port}\n[session]\ntimeout = 300\n")
        os.makedirs(self.folder + "/secret", mode=0o700)
        with open(self.folder + "/secret/pass", "w") as out: out.write(self.password)
        surroundings = dict(os.environ, TRYTONPASSFILE=self.folder + "/secret/pass", PYTHONWARNINGS="ignore")
        postgres.ask("CREATE DATABASE tryton TEMPLATE template0")
        admin = [self.venv + "/bin/trytond-admin", "-c", config, "-d", "tryton"]
        run(admin + ["--all", "-l", "en", "--email", "admin@crm.example"], self.log, env=surroundings)
        run(admin + ["-u", "sale_opportunity", "party_relationship", "--activate-dependencies"], self.log, env=surroundings)
        self.launch([self.venv + "/bin/trytond", "-c", config, "-d", "tryton"], self.listens, env=surroundings)
        self.url = f"http://127.0.0.1:{self.port}/tryton"
        self.headers, self.context = {"Content-Type": "application/json"}, {}
        uid, session, _ = self.call("common.db.login", "admin", {"password": self.password}, "en", context=False)
        secret = base64.b64encode(f"admin:{uid}:{session}".encode()).decode()
        self.headers["Authorization"] = "Session " + secret
        return self

    def call(self, method, *words, context=True):
        words = list(words) + ([self.context] if context else [])
        body = json.dumps({"id": 1, "method": method, "params": words}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + "/rpc/", body, self.headers)) as answer:
            answer = json.load(answer)
        if "error" in answer: raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def model(self, name, method, *words): return self.call(f"model.{name}.{method}", *words)


class Bottle(Server):
    """BottleCRM. It needs Python 3.12: where this machine has none, a Debian 13 is laid beside it (root, once)."""
    name, end = "bottle", signal.SIGTERM

    def install(self):
        newer = next((p for p in ["python3", "python3.14", "python3.13", "python3.12"] if self.is_new_enough(p)), None)
        self.root = "" if newer else os.path.join(KEPT, "debian13")
        home = os.path.join(KEPT, "bottle")
        self.venv = "/opt/bottle" if self.root else home
        stamp = (self.root + self.venv) + "/installed"
        if os.path.exists(stamp) and open(stamp).read() == " ".join(BOTTLE): return
        if self.root: self.lay()
        shutil.rmtree(self.root + self.venv, ignore_errors=True)
        run(self.inside([newer or "python3", "-m", "venv", self.venv]), self.log)
        run(self.inside([self.venv + "/bin/pip", "-q", "install"] + BOTTLE), self.log,
            env=dict(os.environ, PIP_CERT=self.certificates, PIP_FIND_LINKS=""))
        with open(stamp, "w") as out: out.write(" ".join(BOTTLE))

    @staticmethod
    def is_new_enough(python):
        """Version managers leave names behind that run nothing, so that only a run tells."""
        words = [python, "-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))"]
        return bool(shutil.which(python)) and subprocess.run(words, capture_output=True).returncode == 0

    certificates = "/etc/ssl/certs/ca-certificates.crt"

    def lay(self):
        """A Debian 13 in a folder, with this machine's own settings of package index and certificates."""
        if os.getuid(): sys.exit("BottleCRM needs Python 3.12 or newer; without it, root and debootstrap")
        if not os.path.exists(self.root + "/usr/bin/python3"):
            packages = "python3,python3-venv,ca-certificates,libpango-1.0-0,libpangoft2-1.0-0,libcairo2"
            run(["debootstrap", "--variant=minbase", "--include=" + packages, "trixie", self.root], self.log)
        for file in ["/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf"]:
            if os.path.exists(file): shutil.copy(file, self.root + file)
        own = "/usr/local/share/ca-certificates"
        if os.path.isdir(own):
            shutil.copytree(own, self.root + own, dirs_exist_ok=True)
            run(["chroot", self.root, "update-ca-certificates"], self.log)

    def inside(self, words):
        return ["unshare", "--mount", "--", "sh", "-c", f'mount -t proc proc "{self.root}/proc" && exec chroot "{self.root}" "$@"',
                "sh"] + words if self.root else words

    def start(self, postgres, staff):
        self.install()
        home = (self.root + "/srv/" if self.root else self.folder + "/") + os.path.basename(self.folder)
        os.makedirs(home, mode=0o700)
        self.home = home
        seen = home[len(self.root):]
        surroundings = dict(
            PATH=os.environ["PATH"], HOME=seen, LANG="C.UTF-8", DJANGO_SETTINGS_MODULE="crm.settings", ENV_TYPE="dev",
            SECRET_KEY="crm-runs-key-of-this-machine-alone-0123456789abcdef", DEBUG="True", DBNAME="bottle", DBUSER="crm",
            DBPASSWORD="crm", DBHOST="127.0.0.1", DBPORT=str(postgres.port), ALLOWED_HOSTS="127.0.0.1",
            CELERY_BROKER_URL="memory://", CELERY_RESULT_BACKEND="cache+memory://", SSL_CERT_FILE=self.certificates)
        postgres.ask("CREATE DATABASE bottle OWNER crm")
        work = self.inside(["sh", "-c", f'cd "{seen}" && exec "$@"', "sh"])
        run(work + [self.venv + "/bin/django-admin", "migrate", "-v0"], self.log, env=surroundings)
        with open(home + "/admin.py", "w") as out: out.write(BOTTLE_ADMIN)
        with open(home + "/staff.json", "w") as out: json.dump(staff, out)
        run(work + [self.venv + "/bin/python", "admin.py"], self.log, env=surroundings)
        self.token = open(home + "/token").read()
        self.launch(work + [self.venv + "/bin/gunicorn", "-k", "uvicorn.workers.UvicornWorker", "-w", "2", "--timeout", "300", "-b",
                            f"127.0.0.1:{self.port}", "crm.asgi:application"], self.listens, env=surroundings)
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def stop(self):
        super().stop()
        if hasattr(self, "home"): shutil.rmtree(self.home, ignore_errors=True)

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method, headers={
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer: return json.load(answer)


# What a BottleCRM's admin does in its screens: an organization, its staff, and a token for the API.
BOTTLE_ADMIN = """
import json, os, django; django.setup()
from django.contrib.auth import get_user_model
from django.db import connection
from common.models import Org, PersonalAccessToken, Profile
org = Org.objects.create(name="crm-runs")
connection.cursor().execute("select set_config('app.current_org', %s, false)", [str(org.id)])
def profile(email, name, role):
    user = get_user_model().objects.create(email=email)
    if hasattr(user, "name"): user.name = name
    user.save()
    found, _ = Profile.objects.get_or_create(user=user, org=org)
    found.role, found.is_active, found.has_sales_access, found.has_marketing_access = role, True, True, True
    found.save()
    return found
admin = profile("admin@crm.example", "Admin", "ADMIN")
for person in json.load(open("staff.json")): profile(person["邮箱"], person["姓名"], "USER")
open("token", "w").write(PersonalAccessToken.generate(admin, "crm-runs")[0])
"""
