using System.Text.Json;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Tests.Schema;
using Liaison.Writeback.Checks;

namespace Liaison.Tests.Writeback.Checks;

public sealed class PeopleValuesTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("  Anna.Berg+crm@EXAMPLE.Co.UK ", "Anna.Berg+crm@example.co.uk")]
    [InlineData("o'brien@example.com", "o'brien@example.com")]
    [InlineData("jörg@müller.de", "jörg@müller.de")]
    [InlineData("a@b.xn--p1ai", "a@b.xn--p1ai")]
    public void An_address_is_kept_with_its_domain_in_small_letters(string typed, string written) => Written("email", typed).ShouldBe(written);

    [Theory]
    [InlineData("anna")]
    [InlineData("anna@example")]
    [InlineData("@example.com")]
    [InlineData("anna@example.c")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@exam_ple.com")]
    [InlineData("anna@129.126.118.1")]
    [InlineData("a..b@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("anna@example..com")]
    [InlineData("anna@example.com, otto@example.com")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData("anna @example.com")]
    public void What_is_no_address_is_refused(string typed) => Refusal("email", typed).ShouldContain("one e-mail address");

    [Fact]
    public void An_address_that_is_too_long_is_refused()
    {
        Refusal("email", new string('a', 65) + "@example.com").ShouldContain("one e-mail address");
        Refusal("email", $"a@{string.Concat(Enumerable.Repeat("abcdefgh.", 30))}com").ShouldContain("one e-mail address");
    }

    [Theory]
    [InlineData("x@mailinator.com")]
    [InlineData("x@YOPMAIL.com")]
    [InlineData("x@some.guerrillamail.com")]
    public void A_disposable_address_is_refused(string typed) => Refusal("email", typed).ShouldContain("disposable");

    [Fact]
    public void Only_domains_that_the_public_list_of_disposable_ones_knows_are_refused()
    {
        var known = File.ReadLines(SharedData.Path("reference-codes/disposable-email-domains.txt")).ToHashSet(StringComparer.Ordinal);
        var free = JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("reference-codes/free-email-domains.json")))!;

        known.Count(domain => DisposableDomains.Has(domain)).ShouldBeGreaterThanOrEqualTo(45);
        free.Where(domain => !known.Contains(domain) && DisposableDomains.Has(domain) && !known.Any(above => domain.EndsWith("." + above, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Addresses_that_a_recognizer_was_made_for_are_taken()
    {
        var found = Cases("EmailModel.json").SelectMany(each => each.Results.Select(result => result.Text)).ToList();

        var refused = found.Where(text => EmailSyntax.Normalise(text) is null).ToList();

        // Mail to a bare IP address is legal and reaches nobody whom a CRM knows.
        refused.ShouldBe(["j_9@[129.126.118.1]"]);
    }

    [Theory]
    [InlineData("+49 30 1234567")]
    [InlineData("(030) 123-45 67")]
    [InlineData("030/1234567")]
    [InlineData("1 (877) 609-2233")]
    [InlineData("+44 (0)7123 129683")]
    [InlineData("555.123.4567 ext. 12")]
    [InlineData("+1 555 0100 x7")]
    [InlineData("12345")]
    public void A_number_that_can_be_dialled_is_kept_as_typed(string typed) => Written("phone", typed).ShouldBe(typed);

    [Theory]
    [InlineData("call me")]
    [InlineData("1234")]
    [InlineData("1234567890123456")]
    [InlineData("0000000")]
    [InlineData("12+34567")]
    [InlineData("++491234567")]
    [InlineData("anna@example.com")]
    [InlineData("=1+1234567")]
    public void What_cannot_be_dialled_is_refused(string typed) => Refusal("mobile_phone", typed).ShouldContain("telephone number");

    [Fact]
    public void Numbers_that_a_recognizer_was_made_for_are_taken()
    {
        var found = Cases("PhoneNumberModel.json").SelectMany(each => each.Results.Select(result => result.Text)).ToList();

        var refused = found.Where(text => !PhoneSyntax.IsPlausible(text)).ToList();

        found.Count.ShouldBeGreaterThan(350);
        // Seventeen digits: an extension that nothing but a hyphen tells from the number.
        refused.ShouldBe(["+86 20 61302222-8866", "+86 20 6130-2222-8866"]);
    }

    [Theory]
    [InlineData("Germany")]
    [InlineData("deutschland")]
    [InlineData("DE")]
    [InlineData("deu")]
    [InlineData("Côte d'Ivoire")]
    [InlineData("NA")]
    public void A_country_is_kept_as_typed(string typed) => Written("country", typed).ShouldBe(typed);

    [Theory]
    [InlineData("Atlantis")]
    [InlineData("XX")]
    [InlineData("somewhere in Europe")]
    public void What_is_no_country_is_refused(string typed) => Refusal("country", typed).ShouldContain("ISO code");

    [Fact]
    public void Every_country_of_the_standard_is_known_by_its_codes_and_its_English_name()
    {
        var lines = File.ReadAllLines(SharedData.Path("reference-codes/country-codes.csv"));
        var columns = Columns(lines[0]);
        int At(string name) => Array.IndexOf(columns, name);
        var rows = lines.Skip(1).Select(Columns).ToList();

        rows.Count.ShouldBe(249);
        foreach (var row in rows)
        {
            var code = row[At("ISO3166-1-Alpha-2")];
            Countries.CodeOf(code).ShouldBe(code);
            Countries.CodeOf(row[At("ISO3166-1-Alpha-3")]).ShouldBe(code);
            Countries.CodeOf(row[At("CLDR display name")]).ShouldBe(code);
        }
    }

    [Theory]
    [InlineData("https://www.Example.com/about?x=1", "example.com")]
    [InlineData("EXAMPLE.co.uk", "example.co.uk")]
    [InlineData("example.com.", "example.com")]
    [InlineData("http://example.com:8080", "example.com")]
    [InlineData("müller.de", "müller.de")]
    public void A_domain_is_taken_out_of_a_web_address(string typed, string written) => Written("domain", typed).ShouldBe(written);

    [Theory]
    [InlineData("example")]
    [InlineData("not a domain")]
    [InlineData("javascript://example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("-example.com")]
    public void What_is_no_domain_is_refused(string typed) => Refusal("domain", typed).ShouldContain("web domain");

    [Theory]
    [InlineData("work_email", "WorkEmail__c", "x")]
    [InlineData("emailaddress2", "emailaddress2", "x")]
    [InlineData("MobilePhone", "MobilePhone", "x")]
    [InlineData("telephone1", "telephone1", "x")]
    [InlineData("address1_country", "address1_country", "Atlantis")]
    [InlineData("anything", "Second_Email__c", "x")]
    public void A_field_of_the_CRMs_own_is_known_by_how_its_name_ends(string name, string native, string typed) =>
        PeopleValues.Check(new FieldDefinition(name, native, "Label", FieldType.Text), new FieldValue.Text(typed)).Failure
            .ShouldNotBeNull().Kind.ShouldBe(FailureKind.Invalid);

    [Theory]
    [InlineData("name")]
    [InlineData("email_subject")]
    [InlineData("phone_notes")]
    [InlineData("country_of_origin_text")]
    public void Every_other_field_is_left_alone(string name) => Written(name, "whatever, 12").ShouldBe("whatever, 12");

    [Fact]
    public void Only_texts_are_looked_at()
    {
        var count = new FieldDefinition("sends_email", "sends_email", "x", FieldType.Number);
        var flag = new FieldValue.Flag(true);

        PeopleValues.Check(count, new FieldValue.Number(3)).TryGet(out var number, out _).ShouldBeTrue();
        number.ShouldBe(new FieldValue.Number(3));
        PeopleValues.Check(ASchema.Field(FieldType.Text, "phone"), flag).TryGet(out var kept, out _).ShouldBeTrue();
        kept.ShouldBe(flag);
    }

    [Fact]
    public void A_telephone_number_that_came_as_a_number_is_judged_too()
    {
        var phone = ASchema.Field(FieldType.Text, "phone");

        PeopleValues.Check(phone, new FieldValue.Number(12)).Failure.ShouldNotBeNull();
        PeopleValues.Check(phone, new FieldValue.Number(493012345)).TryGet(out var written, out _).ShouldBeTrue();
        written.ShouldBe(new FieldValue.Text("493012345"));
    }

    [Fact]
    public void Blanks_and_nothing_clear_the_field()
    {
        var phone = ASchema.Field(FieldType.Text, "phone");

        PeopleValues.Check(phone, new FieldValue.Text("  ")).TryGet(out var blank, out _).ShouldBeTrue();
        blank!.IsEmpty.ShouldBeTrue();
        PeopleValues.Check(phone, FieldValue.Empty).TryGet(out var empty, out _).ShouldBeTrue();
        empty!.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_refusal_names_the_field_and_never_the_value()
    {
        var failure = PeopleValues.Check(ASchema.Field(FieldType.Text, "email"), new FieldValue.Text("s3cret")).Failure;

        failure.ShouldNotBeNull().Field.ShouldBe("email");
        failure.Message.ShouldNotContain("s3cret");
    }

    private static string Written(string field, string typed) =>
        PeopleValues.Check(ASchema.Field(FieldType.Text, field), new FieldValue.Text(typed)).TryGet(out var value, out var failure)
            ? value.ShouldBeOfType<FieldValue.Text>().Value
            : throw new InvalidOperationException(failure.Message);

    private static string Refusal(string field, string typed) =>
        PeopleValues.Check(ASchema.Field(FieldType.Text, field), new FieldValue.Text(typed)).Failure.ShouldNotBeNull().Message;

    private static List<RecognizerCase> Cases(string file) =>
        JsonSerializer.Deserialize<List<RecognizerCase>>(File.ReadAllText(SharedData.Path($"recognizers-specs/{file}")))!;

    private static string[] Columns(string line) =>
        [.. line.Split('"').SelectMany((part, index) => index % 2 == 1 ? [part.Replace(',', '\u0001')] : new[] { part })
            .Aggregate("", (joined, part) => joined + part).Split(',').Select(cell => cell.Replace('\u0001', ','))];

    private sealed record RecognizerCase(IReadOnlyList<RecognizerResult> Results);

    private sealed record RecognizerResult(string Text);
}
