namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>The repository that the tests were built from, and what lies beside it.</summary>
internal static class Repository
{
    /// <summary>Gets the folder with the solution.</summary>
    public static string Root { get; } = Above(folder => File.Exists(Path.Combine(folder, "Liaison.slnx")))
        ?? throw new DirectoryNotFoundException("Liaison.slnx is nowhere above the tests.");

    /// <summary>Gets the executable, built together with these tests.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "liaison.dll");

    public static string Find(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of the public test data; without it the test is skipped, except where the build must have it.</summary>
    public static string SharedOrSkip(params string[] parts)
    {
        var relative = Path.Combine(["shared", "data", .. parts]);
        var folder = Above(candidate => File.Exists(Path.Combine(candidate, relative)));
        if (folder is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{relative} is not beside the repository, and CI must have it.");
        }

        Assert.SkipWhen(folder is null, $"{relative} is not beside the repository.");
        return Path.Combine(folder!, relative);
    }

    private static string? Above(Func<string, bool> fits)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !fits(folder.FullName))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
