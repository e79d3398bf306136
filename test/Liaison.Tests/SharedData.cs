namespace Liaison.Tests;

/// <summary>Finds the shared test data: a folder <c>shared/data</c> beside one of the folders above this one.</summary>
internal static class SharedData
{
    /// <summary>Gives the path; where the data is not at hand the test is skipped, and fails where it must not be (CI=true).</summary>
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "data", relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", $"shared/data/{relative} is needed here.");
        Assert.Skip($"shared/data/{relative} is not at hand.");
        return "";
    }
}
