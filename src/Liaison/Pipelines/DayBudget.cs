using System.Globalization;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Pipelines;

/// <summary>What becomes of a run whose planned calls the day's allowance does not hold (R95).</summary>
public sealed class DayBudget
{
    private readonly Caller? overriding;
    private readonly bool looks;

    private DayBudget(Caller? overriding, bool looks) => (this.overriding, this.looks) = (overriding, looks);

    /// <summary>Gets the refusal: it is not started, and the sentence says what is needed, what is left and until when.</summary>
    public static DayBudget Held { get; } = new(null, looks: true);

    /// <summary>Gets what only plans: nothing is to be started.</summary>
    public static DayBudget Ignored { get; } = new(null, looks: false);

    /// <summary>Lets it start all the same, and records who chose so.</summary>
    public static DayBudget OverriddenBy(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new DayBudget(caller, looks: true);
    }

    internal async Task<Result<Done>> AllowAsync(
        LiaisonGateway gateway, ConnectionName connection, string runId, RunPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!looks || plan.Refusal(connection, now) is not { } refusal)
        {
            return Done.Value;
        }

        return overriding is null
            ? refusal
            : await gateway.BeginOverBudgetAsync(
                overriding,
                connection,
                runId,
                string.Create(CultureInfo.InvariantCulture, $"The run needs {plan.DailyCalls} calls and {plan.LeftToday} were left."),
                cancellationToken);
    }
}
