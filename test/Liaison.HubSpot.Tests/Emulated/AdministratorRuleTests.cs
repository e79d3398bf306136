using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>From version 2026-09 on an account's own rules refuse writes: a matter for the people of that account, named by property.</summary>
public sealed class AdministratorRuleTests
{
    private static readonly string[] FiveLetters = ["5"];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-09", true)]
    [InlineData("2026-03", false)]
    [InlineData("v3", false)]
    public async Task A_value_that_breaks_a_rule_is_refused_as_invalid_with_the_property(string version, bool enforced)
    {
        await using var account = await StartAsync(version);
        var id = (await account.IdsByAsync("contacts", "email", CancellationToken)).Values.Single();
        await account.PutAsync("/crm/property-validations/2026-09/0-1/city/rule-type/MAX_LENGTH", new { ruleArguments = FiveLetters }, CancellationToken);
        var write = new RecordWrite("w", id, new Dictionary<string, NativeValue> { ["city"] = NativeValue.OfText("Reykjavik") });

        var result = await account.Open().WriteAsync(RecordType.Contact, [write], CancellationToken);

        if (enforced)
        {
            var failure = result.Failure.ShouldNotBeNull();
            (failure.Kind, failure.Field).ShouldBe((FailureKind.Invalid, "city"));
        }
        else
        {
            result.TryGet(out var outcomes, out _).ShouldBeTrue();
            outcomes.ShouldNotBeNull().ShouldHaveSingleItem().Failure.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_property_that_the_form_requires_is_asked_for_by_name()
    {
        await using var account = await StartAsync("2026-09");
        var deal = new RecordWrite("w", null, new Dictionary<string, NativeValue> { ["amount"] = NativeValue.OfText("10") });

        var result = await account.Open().WriteAsync(RecordType.Deal, [deal], CancellationToken);

        var failure = result.TryGet(out var outcomes, out var whole) ? outcomes.ShouldHaveSingleItem().Failure.ShouldNotBeNull() : whole;
        failure.Kind.ShouldBe(FailureKind.Invalid);
        failure.Field.ShouldBeOneOf("dealname", "dealstage");
    }

    private static Task<EmulatedAccount> StartAsync(string version) => EmulatedAccount.StartAsync(
        SmallWorld.Of([SmallWorld.Person(1, SmallWorld.Now.AddHours(-1), "NEW", null)]), version, CancellationToken);
}
