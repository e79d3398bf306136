namespace Liaison.Emulators.World;

/// <summary>How often which kind of mess occurs, as shares between 0 and 1.</summary>
/// <remarks>
/// Measured on public sets, then brought toward what a sales CRM holds; no value of them is copied.
/// In short: "legal forms" is cleanco's 1,320 company names, "sites" 3,337 merged listings of Chicago sites,
/// "Febrl" its labelled person duplicates, "leads" 9,240 leads of a school, "NPSP" two Salesforce sample orgs.
/// </remarks>
internal static class MessRates
{
    // Legal forms: 0.89 carry one, but the set was collected for them; sites: below 0.1.
    public const double LegalForm = 0.75;

    // Legal forms: 0.041 end in two forms.
    public const double LegalFormTwice = 0.04;

    // Legal forms: 0.01 all capitals; sites: 0.16.
    public const double CompanyCapitals = 0.06;
    public const double CompanySmall = 0.02;

    // Sites: 0.73 of names carry a blank before or after; imports of other sources far fewer.
    public const double CompanyPadded = 0.04;
    public const double CompanyTwice = 0.04;

    // Sites: website missing in 0.84; a CRM makes companies from mail domains.
    public const double NoDomain = 0.20;
    public const double DomainWithWww = 0.06;
    public const double DomainCapitals = 0.04;
    public const double NoIndustry = 0.25;
    public const double WrongIndustry = 0.03;
    public const double NoEmployeeCount = 0.30;
    public const double NoRevenue = 0.45;
    public const double AbsurdFigure = 0.02;
    public const double NoDescription = 0.50;

    // NPSP: city missing in 0.11 and 0.48, country in 0.48 and 0.97; leads: country blank in 0.27, city in 0.40.
    public const double NoCity = 0.25;
    public const double NoState = 0.35;
    public const double NoCountry = 0.27;
    public const double EnglishCountry = 0.55;

    // Febrl: given name missing in 0.031 and 0.044, surname in 0.016 and 0.018.
    public const double NoFirstName = 0.035;
    public const double NoLastName = 0.017;
    public const double NameCapitals = 0.04;
    public const double NameSmall = 0.04;
    public const double NamePadded = 0.03;
    public const double NameHostile = 0.003;
    public const double NamesInOwnScript = 0.60;

    public const double NoCompany = 0.08;
    public const double ForeignColleague = 0.12;
    public const double NoEmail = 0.04;
    public const double FreeMail = 0.15;
    public const double EmailCapitals = 0.07;
    public const double EmailPadded = 0.03;
    public const double EmailPlus = 0.01;
    public const double EmailInvalid = 0.015;

    // Sites: phone missing in 0.044; NPSP: 0.44 of contacts.
    public const double NoPhone = 0.32;
    public const double NoMobile = 0.70;

    // NPSP: title missing in 0.54.
    public const double NoTitle = 0.35;
    public const double EnglishTitle = 0.12;
    public const double NoLanguage = 0.40;

    // Leads: "Select" in 0.21 to 0.55 of the columns that have it; only untended fields fare so badly.
    public const double Placeholder = 0.012;

    // Leads: visits blank in 0.015 and zero in 0.24.
    public const double NoVisits = 0.015;
    public const double ZeroVisits = 0.24;

    // Leads: 0.079 ask for no e-mail.
    public const double OptedOut = 0.05;
    public const double Stale = 0.18;
    public const double StaleAmongNew = 0.03;
    public const double NeverActive = 0.25;
    public const double NeverActiveAmongNew = 0.60;
    public const double Unowned = 0.12;
    public const double UnownedAmongNew = 0.35;
    public const double OwnerLeft = 0.06;

    public const double PersonTwice = 0.06;

    // Febrl, per pair: given name mistyped 0.14, replaced 0.15, lost 0.02; surname mistyped 0.18, replaced 0.13; swapped 0.04 to 0.07.
    public const double TwiceGivenTypo = 0.14;
    public const double TwiceGivenShort = 0.15;
    public const double TwiceGivenLost = 0.02;
    public const double TwiceSurnameTypo = 0.18;
    public const double TwiceSurnameOther = 0.06;
    public const double TwiceSwapped = 0.05;
    public const double TwiceCityTypo = 0.20;

    public const double CompaniesWithDeals = 0.30;
    public const double NoAmount = 0.12;
    public const double NoCurrency = 0.15;
    public const double NoCloseDate = 0.08;
    public const double OverdueOpenDeal = 0.25;

    public const double NoteHostile = 0.01;
}
