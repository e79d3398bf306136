namespace Liaison.Salesforce.Tests;

/// <summary>Reads files of the folder <c>shared</c> beside one of the folders above this one: contracts and test data that are not the project's own.</summary>
internal static class SharedFile
{
    internal static string Read(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", relative);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", $"shared/{relative} is needed here.");
        Assert.Skip($"shared/{relative} is not at hand.");
        return "";
    }
}
