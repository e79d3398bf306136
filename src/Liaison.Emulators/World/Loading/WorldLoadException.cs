namespace Liaison.Emulators.World.Loading;

/// <summary>A file cannot be loaded at all; the message is one sentence that names the file, the line where known, and what was expected.</summary>
/// <remarks>Single rows never raise it: they are repaired or quarantined in <see cref="CsvLoad"/>.</remarks>
public sealed class WorldLoadException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public WorldLoadException()
    {
    }

    /// <summary>Makes an exception with the sentence to show.</summary>
    public WorldLoadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with the sentence to show and what caused it.</summary>
    public WorldLoadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
