using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.World;

public sealed class WorldMessTests
{
    private const double Slack = 0.02;

    [Fact]
    public void People_lack_fields_as_often_as_the_rates_say()
    {
        var people = Worlds.Default.People;

        Share(people, person => person.Email is null).ShouldBe(MessRates.NoEmail + (MessRates.PersonTwice * 0.35), Slack);
        Share(people, person => person.FirstName is null).ShouldBe(MessRates.NoFirstName, Slack);
        Share(people, person => person.LastName is null).ShouldBe(MessRates.NoLastName, Slack);
        Share(people, person => person.Phone is null).ShouldBe(MessRates.NoPhone, Slack * 2);
        Share(people, person => person.JobTitle is null).ShouldBe(MessRates.NoTitle, Slack * 2);
        Share(people, person => person.Country is null).ShouldBe(MessRates.NoCountry, Slack);
        Share(people, person => person.CompanyKey is null).ShouldBe(MessRates.NoCompany, Slack);
        Share(people, person => person.OptedOut).ShouldBe(MessRates.OptedOut, Slack);
        Share(people, person => person.DuplicateOf is not null).ShouldBe(MessRates.PersonTwice, Slack);
    }

    [Fact]
    public void Addresses_are_padded_cased_and_invalid_as_often_as_the_rates_say()
    {
        var addresses = Worlds.Default.People.Where(person => person.Email is not null).Select(person => person.Email!).ToList();

        Share(addresses, address => address != address.Trim()).ShouldBe(MessRates.EmailPadded, Slack);
        Share(addresses, address => address.Any(char.IsAsciiLetterUpper)).ShouldBe(MessRates.EmailCapitals, Slack);
        Share(addresses, address => address.Contains('+', StringComparison.Ordinal)).ShouldBe(MessRates.EmailPlus, 0.01);
        Share(addresses, address => address.Count(letter => letter == '@') != 1).ShouldBe(MessRates.EmailInvalid / 2, 0.008);
        Share(addresses, address => !IsReserved(address)).ShouldBeInRange(MessRates.FreeMail, MessRates.FreeMail + MessRates.NoCompany + 0.07);
    }

    [Fact]
    public void Companies_are_as_messy_as_the_rates_say()
    {
        var companies = Worlds.Grown.Companies.Concat(Worlds.Default.Companies).ToList();

        Share(companies, company => company.Domain is null).ShouldBe(MessRates.NoDomain, 0.03);
        Share(companies, company => company.Industry is null).ShouldBe(MessRates.NoIndustry, 0.04);
        Share(companies, company => company.AnnualRevenue is null).ShouldBe(MessRates.NoRevenue, 0.04);
        Share(companies, company => company.DuplicateOf is not null).ShouldBe(MessRates.CompanyTwice, Slack);
        Share(companies, company => company.Name != company.Name.Trim()).ShouldBe(MessRates.CompanyPadded, Slack);
    }

    [Fact]
    public void Companies_have_sizes_from_one_to_thousands_with_many_small_ones()
    {
        var sizes = Worlds.Default.Companies
            .Where(company => company.EmployeeCount is > 1 and < 99_999)
            .Select(company => company.EmployeeCount!.Value)
            .Order()
            .ToList();

        sizes[sizes.Count / 2].ShouldBeInRange(30, 70);
        sizes[^1].ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void Few_companies_have_many_people_and_most_have_a_handful()
    {
        var counts = Worlds.Default.People.Where(person => person.CompanyKey is not null)
            .CountBy(person => person.CompanyKey!.Value).Select(pair => pair.Value).OrderDescending().ToList();

        counts[0].ShouldBeInRange(60, 200);
        counts[counts.Count / 2].ShouldBeLessThan(10);
    }

    [Fact]
    public void Phones_come_in_many_shapes()
    {
        var phones = Worlds.Default.People.Where(person => person.Phone is not null).Select(person => person.Phone!).ToList();

        phones.ShouldContain(phone => phone.Contains("E+", StringComparison.Ordinal));
        phones.ShouldContain(phone => phone.Contains("ext.", StringComparison.Ordinal));
        phones.ShouldContain(phone => phone.Contains("CALL", StringComparison.Ordinal));
        phones.ShouldContain(phone => phone.StartsWith("00", StringComparison.Ordinal));
        phones.ShouldContain(phone => phone.Length == 7 && phone.All(char.IsAsciiDigit));
        Share(phones, phone => phone[0] == '+').ShouldBeInRange(0.3, 0.6);
    }

    [Fact]
    public void Deals_stand_in_every_stage_and_some_open_ones_are_overdue()
    {
        var world = Worlds.Default;
        var today = DateOnly.FromDateTime(world.Now.UtcDateTime);
        var open = world.Deals.Where(deal => deal.Stage is not ("closedwon" or "closedlost")).ToList();

        world.Deals.Select(deal => deal.Stage).Distinct().Count().ShouldBe(7);
        Share(open, deal => deal.CloseDate < today).ShouldBe(MessRates.OverdueOpenDeal, 0.08);
        Share(world.Deals, deal => deal.Amount is null).ShouldBe(MessRates.NoAmount, 0.05);
        Share(world.Deals.Select(deal => deal.CompanyKey).Distinct().ToList(), _ => true).ShouldBe(1);
        world.Deals.Select(deal => deal.CompanyKey).Distinct().Count().ShouldBeInRange(250, 350);
    }

    [Fact]
    public void Among_older_people_some_are_stale_for_years()
    {
        var world = Worlds.Grown;
        var older = world.People.Where(person => person.LeadStatus != "NEW").ToList();

        Share(older, person => person.LastActivityAt < world.Now.AddYears(-2)).ShouldBeInRange(0.12, 0.4);
        Share(older, person => person.LastActivityAt is null).ShouldBeInRange(0.1, 0.3);
    }

    [Fact]
    public void Mail_threads_quote_what_they_answer_in_the_manner_of_several_programs()
    {
        var mails = Worlds.Default.Activities.Where(activity => activity.Kind == WorldActivityKind.Email).Select(mail => mail.Html).ToList();

        mails.ShouldContain(html => html.Contains("wrote:", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("schrieb", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("a écrit", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("<b>Gesendet:</b>", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("-----Original Message-----", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("gmail_quote", StringComparison.Ordinal));
        mails.ShouldContain(html => html.Contains("&gt; &gt;", StringComparison.Ordinal));
    }

    [Fact]
    public void Notes_hold_lists_links_tracking_pixels_pasted_markup_and_hostile_sentences()
    {
        var notes = Worlds.Default.Activities.Where(activity => activity.Kind == WorldActivityKind.Note).Select(note => note.Html).ToList();

        notes.ShouldContain(html => html.Contains("<li>", StringComparison.Ordinal));
        notes.ShouldContain(html => html.Contains("<a href", StringComparison.Ordinal));
        notes.ShouldContain(html => html.Contains("width=\"1\"", StringComparison.Ordinal));
        notes.ShouldContain(html => html.Contains("MsoNormal", StringComparison.Ordinal));
        notes.ShouldContain(html => html.Contains("&uuml;", StringComparison.Ordinal));
        notes.ShouldContain(html => html.Contains("Ignore all earlier instructions", StringComparison.Ordinal) || html.Contains("SYSTEM:", StringComparison.Ordinal));
    }

    [Fact]
    public void No_sentence_is_left_with_an_unfilled_place()
    {
        var texts = Worlds.Default.Activities.Select(activity => activity.Subject + activity.Html)
            .Concat(Worlds.Default.Companies.Select(company => company.Description ?? ""));

        texts.ShouldAllBe(text => !System.Text.RegularExpressions.Regex.IsMatch(text, @"\{[a-z]+\}"));
    }

    private static double Share<T>(IReadOnlyCollection<T> all, Func<T, bool> counts) => all.Count(counts) / (double)all.Count;

    private static bool IsReserved(string address) =>
        address.Contains("example", StringComparison.OrdinalIgnoreCase) || address.Contains(".test", StringComparison.OrdinalIgnoreCase);
}
