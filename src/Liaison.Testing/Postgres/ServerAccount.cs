namespace Liaison.Testing.Postgres;

/// <summary>The account that a server runs as where root starts it, which PostgreSQL refuses to be.</summary>
internal sealed record ServerAccount(string User, string Group)
{
    public static bool IsNeeded => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public string Owner => $"{User}:{Group}";

    /// <summary>Gets what makes <c>setpriv</c> become the account, for good and in the same process.</summary>
    public IReadOnlyList<string> Options => ["--reuid", User, "--regid", Group, "--clear-groups"];

    /// <summary>Finds the account that PostgreSQL's package makes, or else the one that owns nothing.</summary>
    public static ServerAccount Find()
    {
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3).ToList();
        var found = accounts.Find(parts => parts[0] == "postgres") ?? accounts.Find(parts => parts[0] == "nobody")
            ?? throw new InvalidOperationException("PostgreSQL does not run as root, and this machine has neither an account postgres nor nobody.");
        return new ServerAccount(found[2], found[3]);
    }
}
