using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Liaison.Writeback.Checks;

namespace Liaison.Tests.Writeback.Checks;

public sealed class ClaimedFactsTests
{
    [Theory]
    [InlineData("Write to anna.berg@acme.com.", "ANNA.BERG@ACME.com")]
    [InlineData("Write to <anna.berg@acme.com>, please", "mail: anna.berg@acme.com")]
    [InlineData("See https://www.acme.com/pricing/", "acme.com/pricing")]
    [InlineData("See www.acme.com", "https://acme.com/about")]
    [InlineData("They run acme.com", "anna@acme.com")]
    [InlineData("See acme.com/Pricing?x=1.", "http://www.ACME.com/pricing?x=1")]
    [InlineData("Call +49 30 1234567", "030/1234567")]
    [InlineData("Call 030 123 45 67", "+49 (0)30 1234567")]
    [InlineData("Call 0049 30 1234567", "+49-30-12 34 56 7")]
    [InlineData("Call (541) 754-3010", "+1 541.754.3010")]
    [InlineData("Call 541-754-3010", "5417543010")]
    [InlineData("Call 5417543010", "(541) 754 3010")]
    [InlineData("Call +49 30 1234567 today", "Tel. +49 30 1234567 12 people")]
    [InlineData("between 2,500 and 3000000 people", "2500 - 3000000")]
    [InlineData("in 2019. 250 people", "250 people since 2019")]
    [InlineData("1,200 people", "1200 people")]
    [InlineData("1.200 people", "1,200 people")]
    [InlineData("1 200 people", "1'200 people")]
    [InlineData("1.2k people", "1200")]
    [InlineData("a budget of €1.2M", "1,200,000 EUR")]
    [InlineData("a budget of EUR1.2M", "1200000")]
    [InlineData("a budget of 1.2 million", "1,2 Mio. €")]
    [InlineData("a budget of $2.5bn", "2500000000")]
    [InlineData("45% growth", "0.45")]
    [InlineData("45 % growth", "growth of 45 percent")]
    [InlineData("3.50 a seat", "3,5")]
    [InlineData("since 2019", "founded 2019-05-01")]
    [InlineData("on 5 May 2026", "2026-05-05")]
    [InlineData("on May 5th, 2026", "05.05.2026")]
    [InlineData("on 5. Mai 2026", "5/5/2026")]
    [InlineData("on 5 May", "2026-05-05T10:30:00Z")]
    [InlineData("on 31/12/2026", "Dec 31, 2026")]
    [InlineData("on 12/31/2026", "31 de diciembre de 2026")]
    [InlineData("at 10:30", "2026-05-05T10:30:00Z")]
    [InlineData("at 3:30 pm", "15:30")]
    [InlineData("met with Anna Berg", "Notes by Anna Berg of Tuesday")]
    [InlineData("met with Anna Berg", "ANNA BERG")]
    [InlineData("met with Ana Müller", "Ána Muller")]
    [InlineData("met with Anna Berg", "anna.berg@acme.com")]
    [InlineData("met with John F. Kennedy", "John Kennedy")]
    [InlineData("met with John Kennedy", "John F. Kennedy")]
    [InlineData("met with Ludwig van Beethoven", "ludwig van beethoven")]
    [InlineData("from Acme Steel GmbH", "Acme Steel AG")]
    [InlineData("from Acme GmbH & Co. KG", "Acme")]
    [InlineData("met with Jean-Luc Picard", "Jean Luc Picard")]
    [InlineData("Yesterday Berg called", "Berg")]
    [InlineData("Oddly Berg called", "Berg")]
    [InlineData("met Dr. Anna Berg's team", "Anna Berg")]
    public void A_claim_that_the_evidence_spells_in_its_own_way_is_supported(string proposed, string evidence) =>
        ClaimedFacts.Unsupported([proposed], [evidence]).ShouldBeEmpty();

    [Theory]
    [InlineData("Write to anna@acme.com", "otto@acme.com", ClaimKind.Email, "anna@acme.com")]
    [InlineData("Write to anna@acme.co", "anna@acme.com", ClaimKind.Email, "anna@acme.co")]
    [InlineData("See https://acme.com/pricing", "https://acme.com/about", ClaimKind.Link, "https://acme.com/pricing")]
    [InlineData("They run acme.io.", "acme.com", ClaimKind.Link, "acme.io")]
    [InlineData("See www.acme-shop.com", "acme.com", ClaimKind.Link, "www.acme-shop.com")]
    [InlineData("Call +49 30 1234567", "+49 30 1234568", ClaimKind.Phone, "+49 30 1234567")]
    [InlineData("Call +49 30 1234567", "Call 1234567", ClaimKind.Phone, "+49 30 1234567")]
    [InlineData("Call +44 30 1234567", "+49 30 1234567", ClaimKind.Phone, "+44 30 1234567")]
    [InlineData("Call (541) 754-3010", "541 754", ClaimKind.Phone, "(541) 754-3010")]
    [InlineData("Call 030/7654321", "nobody", ClaimKind.Phone, "030/7654321")]
    [InlineData("1,200 people", "1,300 people", ClaimKind.Number, "1,200")]
    [InlineData("12 people", "21 people", ClaimKind.Number, "12")]
    [InlineData("1.2k people", "12,000", ClaimKind.Number, "1.2k")]
    [InlineData("a budget of €5M", "€5,000", ClaimKind.Number, "5M")]
    [InlineData("a budget of €5", "6 people", ClaimKind.Number, "5")]
    [InlineData("a budget of 5000000", "15000000", ClaimKind.Number, "5000000")]
    [InlineData("45% growth", "54% growth", ClaimKind.Number, "45%")]
    [InlineData("a share of 3.5", "3.6", ClaimKind.Number, "3.5")]
    [InlineData("since 2019", "since 2018", ClaimKind.Number, "2019")]
    [InlineData("on 5 May 2026", "2026-05-06", ClaimKind.Number, "5 May 2026")]
    [InlineData("on May 5", "2026-05-06", ClaimKind.Number, "5")]
    [InlineData("on 2026-05-05", "in May 2026", ClaimKind.Number, "2026-05-05")]
    [InlineData("at 10:30", "at 11:30", ClaimKind.Number, "10:30")]
    [InlineData("at 3:30 pm", "at 3:30", ClaimKind.Number, "3:30")]
    [InlineData("met with Anna Berg", "Anna Steiner and Otto Berg", ClaimKind.Name, "Anna Berg")]
    [InlineData("Anna Berg called", "Anna called", ClaimKind.Name, "Anna Berg")]
    [InlineData("from Acme GmbH", "Apex GmbH", ClaimKind.Name, "Acme GmbH")]
    [InlineData("works at Norges Bank Oslo", "Norges Bank Bergen", ClaimKind.Name, "Norges Bank Oslo")]
    [InlineData("met with Ludwig van Beethoven", "Ludwig Beethoven", ClaimKind.Name, "Ludwig van Beethoven")]
    public void A_claim_that_no_evidence_holds_is_told_as_it_stands(string proposed, string evidence, object kind, string text) =>
        ClaimedFacts.Unsupported([proposed], [evidence]).ShouldBe([new Claim((ClaimKind)kind, text)]);

    [Theory]
    [InlineData("")]
    [InlineData("Opened 3 mails and asked for 2 calls.")]
    [InlineData("1. First\n2. Then\n10. Last")]
    [InlineData("A B2B company in Q3, on the ISO27001 track, with 24/7 support.")]
    [InlineData("The Head of Sales is the Decision Maker. Next Steps: Call on Monday.")]
    [InlineData("Dear Customer, Thank You.")]
    [InlineData("It may be a fit, e.g. for Node.js teams.")]
    [InlineData("CRM and ERP, and a VP Sales.")]
    public void Ordinary_words_claim_nothing(string text) => ClaimedFacts.In(text).ShouldBeEmpty();

    [Fact]
    public void Claims_stand_in_the_order_of_the_text() =>
        ClaimedFacts.In("Anna Berg (anna@acme.com, +49 30 1234567) of Acme Steel GmbH wants 250 seats; see acme.com.").ShouldBe(
        [
            new Claim(ClaimKind.Name, "Anna Berg"), new Claim(ClaimKind.Email, "anna@acme.com"), new Claim(ClaimKind.Phone, "+49 30 1234567"),
            new Claim(ClaimKind.Name, "Acme Steel GmbH"), new Claim(ClaimKind.Number, "250"), new Claim(ClaimKind.Link, "acme.com"),
        ]);

    [Fact]
    public void First_and_last_name_may_be_values_of_their_own() =>
        ClaimedFacts.Unsupported(["Ask Anna Berg of Acme."], ["Anna", "Berg", "A longer note about somebody else"]).ShouldBeEmpty();

    [Fact]
    public void Words_of_a_longer_evidence_make_no_name_together() =>
        ClaimedFacts.Unsupported(["Ask Anna Berg."], ["A longer note in which Anna comes first and then Otto Berg"]).Count.ShouldBe(1);

    [Fact]
    public void A_claim_is_told_once_however_often_it_is_made() =>
        ClaimedFacts.Unsupported(["250 seats, yes 250", "250"], []).ShouldBe([new Claim(ClaimKind.Number, "250")]);

    [Fact]
    public void Any_text_is_supported_by_itself()
    {
        Prop.ForAll(Texts().ToArbitrary(), text => ClaimedFacts.Unsupported([text], [text]).Count == 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Hostile_texts_are_supported_by_themselves()
    {
        foreach (var text in JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!)
        {
            ClaimedFacts.Unsupported([text], [text]).ShouldBeEmpty(text);
        }
    }

    [Fact]
    public void A_made_up_telephone_number_is_always_found()
    {
        var cases = from before in Texts() from after in Texts() from digits in Gen.Choose(1_000_000, 9_999_999) select (before, after, digits);

        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (before, after, digits) = given;
            var invented = $"{before} +47 99 {digits} {after}";
            return $"{before}{after}".Contains($"{digits}", StringComparison.Ordinal)
                || ClaimedFacts.Unsupported([invented], [before, after]).Any(claim => claim.Text.Contains($"{digits}", StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_made_up_address_is_always_found()
    {
        var cases = from before in Texts() from after in Texts() from number in Gen.Choose(1, 9_999) select (before, after, number);

        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (before, after, number) = given;
            var address = $"invented{number}@nowhere-{number}.com";
            return ClaimedFacts.Unsupported([$"{before} {address} {after}"], [before, after]).Contains(new Claim(ClaimKind.Email, address));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Companies_are_told_apart_by_their_names_and_not_by_their_legal_forms()
    {
        var companies = File.ReadLines(SharedData.Path("company-names-legal-forms/companies.csv")).Select(line => line.Split(';')[0]).ToList();

        companies.Count.ShouldBe(1_320);
        companies.Where(company => ClaimedFacts.Unsupported([$"They work with {company} already."], [company]).Count > 0).ShouldBeEmpty();
        var claimed = companies.Count(company => ClaimedFacts.In($"They work with {company} already.").Any(claim => claim.Kind == ClaimKind.Name));
        claimed.ShouldBeGreaterThan(1_000);
    }

    private static Gen<string> Texts() => Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements(
            "Anna", "Berg", "van", "Acme", "GmbH", "Co.", "J.", "+49", "(030)", "12", "1,200", "1.2", "2026-05-06", "05/06/26", "10:30", "5", "May", "%", "k", "€", ".", ",", "-",
            "/", "(", ")", "'", " ", "\n", "a@b.com", "www.acme.com/x", "https://", "acme.io", "0", "007", "1234567", "3 000 000", "the", "The", "É", "ß", "\u0301", "\u200D", "١٢", "𝐀",
            "99999999999999999999999999999999", "1.2.3.4", "T")
            .ListOf().SelectMany(words => Gen.Elements("", " ").Select(gap => string.Join(gap, words))));
}
