using System.Text;
using System.Text.Json;
using Liaison.Context;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Tests.Pipelines.Scorecards;

namespace Liaison.Tests.Context;

public sealed class ContextTests
{
    [Fact]
    public void A_packet_holds_the_profiles_sections_in_its_order()
    {
        var packet = APacket.Of(new() { ["job_title"] = new FieldValue.Text("CEO") }, new() { ["employees"] = new FieldValue.Number(50) });

        packet.Profile.ShouldBe("qualification");
        packet.Sections.Select(section => section.Name).ShouldBe(["person", "relationship", "engagement", "company"]);
        packet.Find("person")!.Find("job_title")!.Value.Value.ShouldBe(new FieldValue.Text("CEO"));
        packet.Find("company")!.Provenance.Record.Id.ShouldBe("co-1");
    }

    [Fact]
    public void A_field_that_nobody_read_was_not_permitted()
    {
        var packet = APacket.Of([], null);

        packet.Find("person")!.Find("email")!.Value.State.ShouldBe(FieldState.NotPermitted);
    }

    [Fact]
    public void A_company_that_could_not_be_read_fails_nothing()
    {
        var packet = ContextAssembler.Assemble(
            QualificationProfile.Default, APacket.Contact([]), null, new Failure(FailureKind.RateLimited, "The CRM asks for a pause."));

        packet.Unavailable.ShouldBe([new UnavailableSection("company", "The CRM asks for a pause.")]);
        APacket.Of([], null).Unavailable.ShouldBe([new UnavailableSection("company", "No company is linked to the contact.")]);
    }

    [Theory]
    [InlineData(180, false)]
    [InlineData(181, true)]
    public void A_record_that_has_not_changed_for_long_is_marked(int days, bool stale)
    {
        var contact = APacket.Contact([]) with { UpdatedAt = APacket.Now.AddDays(-days) };

        ContextAssembler.Assemble(QualificationProfile.Default, contact, null).Find("person")!.Stale.ShouldBe(stale);
    }

    [Fact]
    public void More_fields_join_the_section_that_they_name()
    {
        var profile = QualificationProfile.Default.Including(["person.lead_origin", "company.tier", "nowhere.x", "person.job_title"]);

        profile.FieldsOf(RecordType.Contact).ShouldBe([.. QualificationProfile.ContactFields, "lead_origin"], ignoreOrder: true);
        profile.FieldsOf(RecordType.Company).ShouldContain("tier");
    }

    [Fact]
    public void Equal_records_give_equal_bytes_and_another_value_another_hash()
    {
        var one = APacket.Of(new() { ["job_title"] = new FieldValue.Text("CEO"), ["page_views"] = new FieldValue.Number(5.00m) }, null);
        var same = APacket.Of(new() { ["page_views"] = new FieldValue.Number(5), ["job_title"] = new FieldValue.Text("CEO") }, null);
        var other = APacket.Of(new() { ["page_views"] = new FieldValue.Number(6), ["job_title"] = new FieldValue.Text("CEO") }, null);

        ContextJson.Hash(one).ShouldBe(ContextJson.Hash(same));
        ContextJson.Hash(one).ShouldNotBe(ContextJson.Hash(other));
        ContextJson.Hash(one).Length.ShouldBe(64);
    }

    [Fact]
    public void Every_value_is_rendered_with_its_type_and_state()
    {
        var packet = APacket.Of(
            new()
            {
                ["job_title"] = new FieldValue.Text("<b>CEO</b>"), ["country"] = new FieldValue.Option("DE", "Germany"), ["email"] = FieldValue.Empty,
                ["language"] = new FieldValue.OptionList([new("de", "German", Known: false)]), ["opted_out"] = new FieldValue.Flag(true),
                ["created"] = new FieldValue.Instant(APacket.Now), ["page_views"] = new FieldValue.Unreadable("x", "No number."),
                ["city"] = new FieldValue.RichText("<p>Köln</p>"), ["visits"] = new FieldValue.Number(1.50m), ["source"] = new FieldValue.Reference(RecordType.Deal, "7"),
            },
            new() { ["annual_revenue"] = new FieldValue.Money(10.0m, "EUR", CurrencyAssumed: true) });

        var json = Encoding.UTF8.GetString(ContextJson.Render(packet).Span);

        json.ShouldContain("""{"name":"job_title","state":"present","value":"\u003Cb\u003ECEO\u003C/b\u003E","untrusted":true}""");
        json.ShouldContain("""{"name":"country","state":"present","value":{"value":"DE","label":"Germany"}}""");
        json.ShouldContain("""{"name":"email","state":"empty"}""");
        json.ShouldContain("""{"name":"state","state":"not_permitted"}""");
        json.ShouldContain("""{"name":"language","state":"present","value":[{"value":"de","label":"German","known":false}]}""");
        json.ShouldContain("""{"name":"opted_out","state":"present","value":true}""");
        json.ShouldContain("""{"name":"created","state":"present","value":"2026-05-01T12:00:00Z"}""");
        json.ShouldContain("""{"name":"page_views","state":"present","value":"x","unreadable":"No number.","untrusted":true}""");
        json.ShouldContain("""{"name":"city","state":"present","value":"Köln","untrusted":true}""");
        json.ShouldContain("""{"name":"visits","state":"present","value":1.5}""");
        json.ShouldContain("""{"name":"annual_revenue","state":"present","value":{"amount":10,"currency":"EUR","currencyAssumed":true}}""");
    }

    [Fact]
    public void Hostile_text_renders_as_valid_json()
    {
        var hostile = JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!;

        foreach (var text in hostile.Append("lone \uD800 surrogate"))
        {
            var packet = APacket.Of(new() { ["job_title"] = new FieldValue.Text(text) }, null);

            using var document = JsonDocument.Parse(ContextJson.Render(packet));
            document.RootElement.GetProperty("profile").GetString().ShouldBe("qualification");
        }
    }
}
