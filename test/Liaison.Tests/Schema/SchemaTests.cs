using Liaison.Model;
using Liaison.Schema;

namespace Liaison.Tests.Schema;

public sealed class SchemaTests
{
    private static readonly FieldDefinition Field = ASchema.Choice("a", "b") with { MaxLength = 10 };

    public static TheoryData<string, FieldDefinition, SchemaChangeKind, bool> Changes => new()
    {
        { "type", Field with { Type = FieldType.Text }, SchemaChangeKind.TypeChanged, true },
        { "native type", Field with { NativeType = "radio" }, SchemaChangeKind.NativeTypeChanged, false },
        { "option gone", Field with { Options = [Field.Options[0]] }, SchemaChangeKind.OptionRemoved, true },
        { "option retired", Field with { Options = [Field.Options[0], Field.Options[1] with { Active = false }] }, SchemaChangeKind.OptionRemoved, true },
        { "option new", Field with { Options = [.. Field.Options, new("c", "C")] }, SchemaChangeKind.OptionAdded, false },
        { "option label", Field with { Options = [Field.Options[0], Field.Options[1] with { Label = "Bee" }] }, SchemaChangeKind.OptionRelabelled, false },
        { "read-only", Field with { Writable = false }, SchemaChangeKind.BecameReadOnly, true },
        { "required", Field with { Required = true }, SchemaChangeKind.BecameRequired, true },
        { "unique", Field with { Unique = true }, SchemaChangeKind.BecameUnique, true },
        { "shorter", Field with { MaxLength = 5 }, SchemaChangeKind.Shortened, true },
        { "longer", Field with { MaxLength = null }, SchemaChangeKind.Lengthened, false },
        { "label", Field with { Label = "It!" }, SchemaChangeKind.Relabelled, false },
        { "target", Field with { References = RecordType.Deal }, SchemaChangeKind.TargetChanged, true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_drift_is_named_and_judged(string what, FieldDefinition now, SchemaChangeKind kind, bool breaking)
    {
        var change = SchemaDiff.Between(ASchema.Of(Field), ASchema.Of(now)).ShouldHaveSingleItem(what);

        change.Kind.ShouldBe(kind);
        change.Breaking.ShouldBe(breaking);
    }

    [Fact]
    public void A_field_that_comes_or_goes_is_named()
    {
        var other = ASchema.Field(FieldType.Text, "other");

        SchemaDiff.Between(ASchema.Of(Field), ASchema.Of(Field, other)).ShouldHaveSingleItem().ShouldBe(new SchemaChange(SchemaChangeKind.Added, "other", false, "", "Text"));
        SchemaDiff.Between(ASchema.Of(Field, other), ASchema.Of(Field)).ShouldHaveSingleItem().ShouldBe(new SchemaChange(SchemaChangeKind.Removed, "other", true, "Text"));
    }

    [Fact]
    public void Schemas_that_are_alike_differ_in_nothing()
    {
        SchemaDiff.Between(ASchema.Of(Field), ASchema.Of(Field with { })).ShouldBeEmpty();
    }

    [Fact]
    public void A_fingerprint_goes_by_what_can_break_a_mapping()
    {
        var other = ASchema.Field(FieldType.Text, "other");
        var fingerprint = SchemaFingerprint.Of(ASchema.Of(Field, other));

        fingerprint.Length.ShouldBe(64);
        SchemaFingerprint.Of(ASchema.Of(other, Field with { Label = "new label", Options = [.. Field.Options.Reverse()] })).ShouldBe(fingerprint);
        SchemaFingerprint.Of(ASchema.Of(other, Field with { Writable = false })).ShouldNotBe(fingerprint);
        SchemaFingerprint.Of(ASchema.Of(other, Field with { Unique = true })).ShouldNotBe(fingerprint);
        SchemaFingerprint.Of(ASchema.Of(other, Field with { NativeType = "x" })).ShouldNotBe(fingerprint);
        SchemaFingerprint.Of(ASchema.Of(other, Field with { Options = [new("ab", "")] })).ShouldNotBe(fingerprint);
        SchemaFingerprint.Of(ASchema.Of(Field)).ShouldNotBe(fingerprint);
    }
}
