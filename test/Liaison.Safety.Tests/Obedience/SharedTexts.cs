using System.Text.Json;

namespace Liaison.Safety.Tests.Obedience;

/// <summary>Reads the shared texts: attacks that were published as such, and e-mails that mean no harm.</summary>
internal static class SharedTexts
{
    /// <summary>Lists every distinct instruction of the two collections of attacks.</summary>
    public static IReadOnlyList<string> Attacks()
    {
        using var bipia = Open("bipia-email-injection/text_attack_train.json");
        using var direct = Open("cyberseceval-injection/prompt_injection.json");
        return
        [
            .. bipia.RootElement.EnumerateObject().SelectMany(category => category.Value.EnumerateArray()).Select(text => text.GetString()!)
                .Concat(direct.RootElement.EnumerateArray().Select(test => test.GetProperty("user_input").GetString()!))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Lists the harmless e-mails.</summary>
    public static IReadOnlyList<string> BenignEmails()
    {
        var emails = new List<string>();
        foreach (var file in new[] { "fp_tests", "level1", "level2" })
        {
            using var document = Open($"llmail-benign-emails/{file}.json");
            emails.AddRange(document.RootElement.GetProperty("emails").EnumerateArray().Select(email => email.GetString()!));
        }

        return emails;
    }

    private static JsonDocument Open(string relative) => JsonDocument.Parse(File.ReadAllText(PathOf(relative)));

    // Where the data is not at hand the test is skipped, and fails where it must not be (CI=true).
    private static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", relative);
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
