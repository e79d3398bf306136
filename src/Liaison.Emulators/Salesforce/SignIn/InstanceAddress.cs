namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>Where the org is: token answers name it, and no session is good at another address (contract sections 0.3 and 1.8).</summary>
internal sealed class InstanceAddress
{
    private volatile string? _moved;

    /// <summary>Moves the org, as a migration does: tokens that are given out from now on name the new address.</summary>
    /// <param name="origin">Scheme and host; <see langword="null"/> for the address that each client spells.</param>
    public void MoveTo(string? origin) => _moved = origin;

    /// <summary>Gives the address that a token answer names.</summary>
    public string Of(string asked) => _moved ?? asked;

    /// <summary>Tells whether an address is the org's.</summary>
    public bool Serves(string origin) => _moved is not { } moved || string.Equals(moved, origin, StringComparison.OrdinalIgnoreCase);
}
