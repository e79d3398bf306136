using Liaison.Testing;
using Liaison.Work;

namespace Liaison.Tests.Work;

public sealed class IdSourceTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Ids_sort_by_the_time_they_were_made_at()
    {
        var source = new IdSource(time);
        var ids = new List<string>();
        for (var number = 0; number < 200; number++)
        {
            ids.Add(source.Next("run"));
            time.Advance(TimeSpan.FromMilliseconds(1 + (number * 1_000)));
        }

        ids.Order(StringComparer.Ordinal).ShouldBe(ids);
    }

    [Fact]
    public void Ids_of_one_instant_are_all_different()
    {
        var source = new IdSource(time);

        var ids = Enumerable.Range(0, 20_000).Select(_ => source.Next("chg")).ToHashSet();

        ids.Count.ShouldBe(20_000);
    }

    [Fact]
    public void An_id_tells_what_it_names_and_reads_out_without_doubt()
    {
        var id = new IdSource(time).Next("trc");

        id.Length.ShouldBe(30);
        id.ShouldMatch("^trc-[0-9a-hjkmnp-tv-z]{26}$");
    }
}
