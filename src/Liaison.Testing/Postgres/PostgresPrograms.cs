namespace Liaison.Testing.Postgres;

/// <summary>PostgreSQL's programs as they lie on this machine.</summary>
public static class PostgresPrograms
{
    // Debian keeps them apart by version, and off the path.
    private const string Versions = "/usr/lib/postgresql";
    private const int Oldest = 15;

    /// <summary>Finds the folder with <c>initdb</c> and <c>postgres</c>, of the newest version that is 15 or newer.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static string? Find() => OfDebian().Concat(OnPath()).FirstOrDefault(HoldsServer);

    private static IEnumerable<string> OfDebian() => !Directory.Exists(Versions)
        ? []
        : Directory.EnumerateDirectories(Versions)
            .Where(folder => int.TryParse(Path.GetFileName(folder), out var version) && version >= Oldest)
            .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
            .Select(folder => Path.Combine(folder, "bin"));

    private static string[] OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool HoldsServer(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
}
