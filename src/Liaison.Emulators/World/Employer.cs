namespace Liaison.Emulators.World;

/// <summary>A company entry together with what is true of the company, whatever the entry says.</summary>
/// <param name="Domain">Where its people have their mail, even if the entry has no domain.</param>
/// <param name="MailPattern">How it forms addresses from names.</param>
internal sealed record Employer(
    WorldCompany Entry, Market Market, City City, string PlainName, Trade Trade, string Domain, int MailPattern, int Size);
