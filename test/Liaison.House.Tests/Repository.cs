namespace Liaison.House.Tests;

/// <summary>The files of the repository, from wherever the tests run.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules", ".demo", ".liaison", ".vs", ".idea", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Gives a path as the repository knows it: below the root, with slashes.</summary>
    public static string NameOf(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Lists the files below a folder whose names end so, in a stable order, without what is built or fetched.</summary>
    public static IReadOnlyList<string> Files(string folder, params IReadOnlyList<string> endings) =>
        [.. Walk(PathOf(folder)).Where(file => endings.Any(file.EndsWith)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => !NotOurs.Contains(Path.GetFileName(file)))
        .Concat(Directory.EnumerateDirectories(folder).Where(sub => !NotOurs.Contains(Path.GetFileName(sub))).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Liaison.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The house tests read the repository's files and found no Liaison.slnx above them.");
    }
}
