namespace Liaison.Emulators.Tests.World.Loading;

/// <summary>Finds files outside the build output: public test data beside the repository, and the repository itself.</summary>
internal static class SharedFolder
{
    /// <summary>The file's path; without the data the test is skipped, except where the build must have it.</summary>
    public static string Find(string file)
    {
        var path = Above(folder => Path.Combine(folder, "shared", "data", file));

        if (path is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"shared/data/{file} is not beside the repository, and CI must have it.");
        }

        Assert.SkipWhen(path is null, $"shared/data/{file} is not beside the repository.");

        return path!;
    }

    public static string InRepository(string file) =>
        Above(folder => Path.Combine(folder, file)) ?? throw new FileNotFoundException(file);

    private static string? Above(Func<string, string> candidate)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(candidate(folder.FullName)))
            {
                return candidate(folder.FullName);
            }
        }

        return null;
    }
}
