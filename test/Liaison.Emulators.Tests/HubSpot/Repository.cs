namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Finds files of the repository, and beside it, from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Find(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>Skips a test whose means are not here; where everything must be there, fails it.</summary>
    public static void SkipOrFail(string missing)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"Not possible here: {missing}.");
        }

        Assert.Skip($"Not possible here: {missing}.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
