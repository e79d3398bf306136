namespace Liaison.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class RepositoryFile
{
    /// <summary>Gives the path of a file, by its place under the root.</summary>
    public static string Find(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Liaison.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return Path.Combine([folder.FullName, .. parts]);
    }
}
