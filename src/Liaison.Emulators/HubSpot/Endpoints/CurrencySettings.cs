using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The account's currencies and what they are worth in the home currency.</summary>
internal sealed class CurrencySettings(Refusals refusals, BatchAnswer answer)
{
    private static readonly (string Code, string Name)[] Known =
    [
        ("AUD", "Australian Dollar"), ("BRL", "Brazilian Real"), ("CAD", "Canadian Dollar"), ("CHF", "Swiss Franc"), ("CZK", "Czech Koruna"),
        ("DKK", "Danish Krone"), ("EUR", "Euro"), ("GBP", "British Pound Sterling"), ("INR", "Indian Rupee"), ("JPY", "Japanese Yen"),
        ("NOK", "Norwegian Krone"), ("NZD", "New Zealand Dollar"), ("PLN", "Polish Zloty"), ("SEK", "Swedish Krona"), ("USD", "US Dollar"),
    ];

    public static Reply Codes(Call call) => PipelineReads.Results([.. Known], WriteCode);

    // Every known currency has a central rate here.
    public static Reply Unsupported(Call call) => PipelineReads.Results(new List<(string, string)>(), WriteCode);

    public static Reply Central(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("centralExchangeRatesEnabled", false);
        json.WriteEndObject();
    });

    public static Reply CompanyCurrency(Call call) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", call.Account.Currency);
        RecordJson.WriteMoment(json, "createdAt", call.Account.Contacts.Properties[0].CreatedAt);
        json.WriteEndObject();
    });

    public Reply PutCompanyCurrency(Call call)
    {
        if (call.Text("currencyCode") is not { } code || !IsKnown(code))
        {
            return NoSuchCode();
        }

        call.Account.Currency = code;
        return CompanyCurrency(call);
    }

    public static Reply Rates(Call call) => PipelineReads.Results(
        [
            .. call.Account.ExchangeRates.Values.Where(rate =>
                call.Query("fromCurrencyCode") is null or "" || call.Query("fromCurrencyCode") == rate.From),
        ],
        (json, rate) => Write(json, call, rate));

    public Reply Rate(Call call) => Find(call, call["rate"]) is { } rate ? Reply.Ok(json => Write(json, call, rate)) : NoSuchRate(call["rate"]);

    public Reply Create(Call call) => Refuse(call, call.Body) ?? Reply.Ok(Writing(call, Set(call, call.Body)));

    public Reply Add(Call call)
    {
        if (call.Text("currencyCode") is not { } code || !IsKnown(code))
        {
            return NoSuchCode();
        }

        var rate = call.Account.ExchangeRates.GetValueOrDefault(code) ?? new ExchangeRate(code, 1m, Instants.ToMilliseconds(call.Now));
        call.Account.ExchangeRates[code] = rate;
        return Reply.Ok(Writing(call, rate));
    }

    public Reply Patch(Call call)
    {
        if (Find(call, call["rate"]) is not { } rate)
        {
            return NoSuchRate(call["rate"]);
        }

        return TryRate(call.Body, out var worth) ? Reply.Ok(Writing(call, Change(call, rate, worth))) : NoWorth();
    }

    public Reply Show(Call call)
    {
        if (!call.Account.ExchangeRates.TryGetValue(call.Text("fromCurrencyCode") ?? "", out var rate))
        {
            return NoSuchRate(call.Text("fromCurrencyCode") ?? "");
        }

        call.Account.ExchangeRates[rate.From] = rate with { Visible = call.Body.FlagOf("visibleInUI", rate.Visible) };
        return Reply.NoContent;
    }

    public Reply BatchCreate(Call call) =>
        call.Items("inputs").Select(input => Refuse(call, input)).FirstOrDefault(refused => refused is not null)
        ?? answer.Of(call, 201, [.. call.Items("inputs").Select(input => Writing(call, Set(call, input)))], []);

    public Reply BatchRead(Call call) => Batch(call, (_, rate) => rate);

    public Reply BatchUpdate(Call call) => call.Items("inputs").All(input => TryRate(input, out _))
        ? Batch(call, (input, rate) => TryRate(input, out var worth) ? Change(call, rate, worth) : rate)
        : NoWorth();

    private Reply Batch(Call call, Func<JsonElement, ExchangeRate, ExchangeRate> work)
    {
        var results = new List<Action<Utf8JsonWriter>>();
        var unknown = new List<string>();
        foreach (var input in call.Items("inputs"))
        {
            var id = input.TextOf("id") ?? "";
            if (Find(call, id) is { } rate)
            {
                results.Add(Writing(call, work(input, rate)));
            }
            else
            {
                unknown.Add(id);
            }
        }

        return answer.Of(call, 200, results, unknown.Count == 0 ? [] : [new BatchFault("OBJECT_NOT_FOUND", "Some exchange rates do not exist.", null, [("ids", unknown)])]);
    }

    private static ExchangeRate Set(Call call, JsonElement given)
    {
        TryRate(given, out var worth);
        return Change(call, new ExchangeRate(given.TextOf("fromCurrencyCode")!, worth, Instants.ToMilliseconds(call.Now)), worth);
    }

    private static ExchangeRate Change(Call call, ExchangeRate rate, decimal worth) =>
        call.Account.ExchangeRates[rate.From] = rate with { Worth = worth, UpdatedAt = Instants.ToMilliseconds(call.Now) };

    private static ExchangeRate? Find(Call call, string id) => call.Account.ExchangeRates.Values.FirstOrDefault(rate => IdOf(call, rate) == id);

    private Reply? Refuse(Call call, JsonElement given) =>
        !IsKnown(given.TextOf("fromCurrencyCode")) || given.TextOf("fromCurrencyCode") == call.Account.Currency ? NoSuchCode()
        : TryRate(given, out _) ? null
        : NoWorth();

    private static bool TryRate(JsonElement given, out decimal worth)
    {
        worth = 0;
        return given.MemberOf("conversionRate") is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out worth) && worth > 0;
    }

    private static bool IsKnown(string? code) => Known.Any(known => known.Code == code);

    private Reply NoSuchCode() => refusals.Validation("The currency code is none that this account can use.");

    private Reply NoSuchRate(string id) => refusals.NotFound($"No exchange rate {id} exists.");

    private Reply NoWorth() => refusals.Validation("The conversionRate must be a number above zero.");

    private static Action<Utf8JsonWriter> Writing(Call call, ExchangeRate rate) => json => Write(json, call, rate);

    private static string IdOf(Call call, ExchangeRate rate) => $"{rate.From}-{call.Account.Currency}";

    private static void Write(Utf8JsonWriter json, Call call, ExchangeRate rate)
    {
        json.WriteStartObject();
        json.WriteString("id", IdOf(call, rate));
        json.WriteString("fromCurrencyCode", rate.From);
        json.WriteString("toCurrencyCode", call.Account.Currency);
        json.WriteNumber("conversionRate", rate.Worth);
        json.WriteBoolean("visibleInUI", rate.Visible);
        RecordJson.WriteMoment(json, "effectiveAt", rate.UpdatedAt);
        RecordJson.WriteMoment(json, "createdAt", rate.CreatedAt);
        RecordJson.WriteMoment(json, "updatedAt", rate.UpdatedAt);
        json.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter json, (string Code, string Name) currency)
    {
        json.WriteStartObject();
        json.WriteString("currencyCode", currency.Code);
        json.WriteString("currencyName", currency.Name);
        json.WriteEndObject();
    }
}
