namespace Liaison.House.Tests.Shape;

/// <summary>Public is what a connector author or a host needs; each change of it is seen and approved.</summary>
public sealed class PublicApiTests
{
    private const string Nothing = "# nothing is public";

    public static TheoryData<string> Assemblies => [.. OurAssemblies.Names];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_types_are_the_approved_ones(string name)
    {
        var approved = Repository.PathOf($"eng/public-api/{name}.txt");
        var actual = Repository.PathOf($"artifacts/public-api/{name}.txt");
        var lines = PublicApi.Of(OurAssemblies.Load(name));
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, string.Join('\n', lines.DefaultIfEmpty(Nothing)) + "\n");

        var known = File.Exists(approved) ? File.ReadAllText(approved) : "";

        Difference(known, File.ReadAllText(actual)).ShouldBeEmpty(
            $"The public surface of {name} has changed. If it is meant, approve it with: cp {Repository.NameOf(actual)} {Repository.NameOf(approved)}");
    }

    [Fact]
    public void No_approved_file_is_left_over() =>
        Repository.Files("eng/public-api", ".txt").Select(Path.GetFileNameWithoutExtension).ShouldBe(OurAssemblies.Names);

    [Fact]
    public void A_surface_reads_like_this() => PublicApi.Lines(typeof(Surface)).ShouldBe(
    [
        "record Liaison.House.Tests.Shape.PublicApiTests.Surface",
        "  IReadOnlyList<string?> Names { get; }",
        "  int? Count { get; init; }",
        "  new(int? Count)",
        "  static Task<T> ReadAsync<T>(CancellationToken cancellationToken = …)",
    ]);

    [Fact]
    public void A_change_is_told_line_by_line() => Difference("kept\ngone\n", "kept\nnew\n").ShouldBe(["- gone", "+ new"]);

    private static IReadOnlyList<string> Difference(string approved, string actual)
    {
        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        return [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];
    }

    private sealed record Surface(int? Count)
    {
        public IReadOnlyList<string?> Names { get; } = [];

        public static Task<T> ReadAsync<T>(CancellationToken cancellationToken = default) => Task.FromCanceled<T>(cancellationToken);

        private static void Hidden()
        {
        }
    }
}
