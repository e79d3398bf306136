namespace Liaison.Policy;

/// <summary>The policy that is in force; it is replaced as a whole while requests are served, and the next request is judged by the new one (R218).</summary>
/// <remarks>Safe for concurrent use. A request that is under way keeps the permit that it was given.</remarks>
/// <param name="first">The policy to begin with; it must not be changed afterwards.</param>
public sealed class PolicyInForce(PolicyOptions first)
{
    private volatile PolicyOptions options = first;

    /// <summary>Gets the policy as it stands now; who needs two parts of it that fit each other asks once.</summary>
    public PolicyOptions Options => options;

    /// <summary>Puts another policy in force.</summary>
    /// <param name="newer">A policy whose every fault has been looked for.</param>
    public void Replace(PolicyOptions newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        options = newer;
    }
}
