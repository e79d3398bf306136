using FsCheck;
using FsCheck.Fluent;
using Liaison.Model;
using Liaison.Reading.Filters;
using Liaison.Tests.Schema;

namespace Liaison.Tests.Reading.Filters;

public sealed class FilterNegationTests
{
    private static readonly RecordSchema Schema =
        ASchema.Of(ASchema.Field(FieldType.Number, "a"), ASchema.Field(FieldType.Number, "b"));

    private static readonly int?[] Held = [null, 1, 2, 3];

    [Fact]
    public void Every_record_passes_either_a_filter_or_its_not()
    {
        var records = from a in Held from b in Held select new Dictionary<string, int?> { ["a"] = a, ["b"] = b };

        Prop.ForAll(Tree(depth: 3).ToArbitrary(), filter =>
        {
            var opposite = AFilter.Bound($"not ({FilterPrinter.Print(filter)})", schema: Schema);
            return records.All(record => Passes(filter, record) != Passes(opposite, record));
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<RecordFilter> Tree(int depth)
    {
        var numbers = Gen.Choose(1, 3).Select(number => (FieldValue)new FieldValue.Number(number));
        var fields = Gen.Elements("a", "b");
        var flags = ArbMap.Default.GeneratorFor<bool>();
        var leaves = Gen.OneOf(
            from field in fields
            from comparison in Gen.Elements(Enum.GetValues<Comparison>().Where(known => known != Comparison.Contains).ToArray())
            from number in numbers
            select (RecordFilter)new RecordFilter.Compare(field, comparison, number),
            from field in fields from negated in flags select (RecordFilter)new RecordFilter.HasValue(field, negated),
            from field in fields
            from listed in numbers.ListOf(2)
            from negated in flags
            select (RecordFilter)new RecordFilter.OneOf(field, [.. listed], negated));
        return depth == 0
            ? leaves
            : Gen.Frequency(
                (2, leaves),
                (3, from size in Gen.Elements(0, 2, 3)
                    from parts in Tree(depth - 1).ListOf(size)
                    from every in flags
                    select every ? (RecordFilter)new RecordFilter.All([.. parts]) : new RecordFilter.Any([.. parts])));
    }

    private static bool Passes(RecordFilter filter, Dictionary<string, int?> record) => filter switch
    {
        RecordFilter.All all => all.Parts.All(part => Passes(part, record)),
        RecordFilter.Any any => any.Parts.Any(part => Passes(part, record)),
        RecordFilter.HasValue has => record[has.Field] is null == has.Negated,
        RecordFilter.OneOf oneOf => oneOf.Values.Any(value => Number(value) == record[oneOf.Field]) != oneOf.Negated,
        RecordFilter.Compare compare => Passes(record[compare.Field], compare.By, Number(compare.Value)),
        _ => throw new InvalidOperationException(),
    };

    private static bool Passes(int? held, Comparison by, int value) => by switch
    {
        Comparison.Equal => held == value,
        Comparison.NotEqual => held != value,
        Comparison.Less => held < value,
        Comparison.LessOrEqual => held <= value,
        Comparison.Greater => held > value,
        Comparison.GreaterOrEqual => held >= value,
        Comparison.Contains => throw new InvalidOperationException(),
    };

    private static int Number(FieldValue value) => (int)((FieldValue.Number)value).Value;
}
