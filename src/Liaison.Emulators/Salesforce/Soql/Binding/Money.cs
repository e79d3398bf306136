using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Amounts of a multi-currency org; an amount is in its record's currency (contract section 4).</summary>
internal static class Money
{
    /// <summary>Converts to the running user's currency; unchanged in an org with one currency.</summary>
    public static decimal InUserCurrency(decimal amount, ISoqlRow row, ISoqlObject of, SoqlLocale locale) =>
        locale.Currencies is { } currencies ? Convert(amount, CurrencyOf(row, of, currencies), currencies.User, currencies) : amount;

    /// <summary>Converts to the corporate currency, in which amounts of different records are compared.</summary>
    public static decimal InCorporateCurrency(decimal amount, ISoqlRow row, ISoqlObject of, SoqlCurrencies currencies) =>
        Convert(amount, CurrencyOf(row, of, currencies), currencies.Corporate, currencies);

    public static decimal Convert(decimal amount, string from, string to, SoqlCurrencies currencies) =>
        currencies.Rates.TryGetValue(from, out var given) && currencies.Rates.TryGetValue(to, out var wanted) ? amount / given * wanted : amount;

    private static string CurrencyOf(ISoqlRow row, ISoqlObject of, SoqlCurrencies currencies) =>
        of.Field("CurrencyIsoCode") is { } field && row.Read(field) is string code ? code : currencies.Corporate;
}
