namespace Liaison.Emulators.Salesforce.Soql.Schema;

/// <summary>What a statement's date literals, currencies and scopes depend on.</summary>
/// <param name="Now">The emulator's present.</param>
/// <param name="Zone">The running user's zone: TODAY begins at its midnight.</param>
/// <param name="FiscalStartMonth">The month, 1 to 12, in which the fiscal year begins.</param>
/// <param name="Currencies">The org's currencies; <see langword="null"/> in an org with one currency.</param>
/// <param name="UserId">The running user's id, whose records USING SCOPE mine reads.</param>
internal sealed record SoqlLocale(DateTimeOffset Now, TimeZoneInfo Zone, int FiscalStartMonth = 1, SoqlCurrencies? Currencies = null, string? UserId = null);

/// <summary>The currencies of a multi-currency org.</summary>
/// <param name="Corporate">The currency that the rates count from.</param>
/// <param name="User">The running user's currency, which convertCurrency() converts to.</param>
/// <param name="Rates">How much of each currency one unit of the corporate one buys; the corporate one is in it with 1.</param>
internal sealed record SoqlCurrencies(string Corporate, string User, IReadOnlyDictionary<string, decimal> Rates);
