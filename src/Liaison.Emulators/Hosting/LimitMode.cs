namespace Liaison.Emulators.Hosting;

/// <summary>Whether an emulator throttles.</summary>
public enum LimitMode
{
    /// <summary>As the CRM does: calls are counted and refused with its own statuses and messages.</summary>
    Real,

    /// <summary>Nothing is refused; the headers tell of a very large allowance.</summary>
    Off,
}
