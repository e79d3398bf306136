using System.Text.RegularExpressions;

namespace Liaison.House.Tests.Files;

/// <summary>What a visitor finds stems from nobody's machine and is no note to oneself.</summary>
public sealed partial class TextTests
{
    private static readonly string[] Machines = ["work", "root", "home"];

    // A folder at the root of a disk; behind a word, a point or another slash it is part of a longer path or an address.
    private static readonly Regex MachinePath = new($@"(?<![\w.:/}}-])/({string.Join('|', Machines)})/\w");

    private static readonly Regex Note = new(@"(//|#|<!--|/\*).*\b" + "TO" + @"DO\b(?!.*#\d+)");

    [Fact]
    public void No_file_names_a_machines_folders() => SourceFile.Texts.SelectMany(file => file.Matches(MachinePath)).ShouldBeEmpty();

    [Fact]
    public void No_lock_file_names_a_host() => SourceFile.Texts
        .Where(file => Path.GetFileName(file.Name) is "packages.lock.json" or "package-lock.json")
        .SelectMany(file => file.Matches(Host()))
        .ShouldBeEmpty();

    [Fact]
    public void Every_note_of_something_left_to_do_has_its_issue() =>
        SourceFile.Texts.SelectMany(file => file.Matches(Note)).ShouldBeEmpty();

    [Fact]
    public void Each_of_them_would_be_seen()
    {
        var root = "/" + Machines[0];
        var note = "// TO" + "DO";
        var file = new SourceFile("sample", [root + "/x", $"https://house.test{root}/x", note, note + " #12", "\"resolved\": \"https://house.test/x\""]);

        file.Matches(MachinePath).ShouldBe(["sample:1"]);
        file.Matches(Note).ShouldBe(["sample:3"]);
        file.Matches(Host()).ShouldBe(["sample:5"]);
    }

    [GeneratedRegex("\"resolved\": *\"[a-z+]+:")]
    private static partial Regex Host();
}
