using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>Distances over the ground.</summary>
internal static class Geography
{
    private const double KilometresOfRadius = 6371.0088;
    private const double KilometresOfMile = 1.609344;

    /// <summary>Measures along the great circle; <see langword="null"/> where the place has no coordinates.</summary>
    public static object? Distance(SoqlCompound? place, SoqlExpression.Distance to)
    {
        if (Part(place, "latitude") is not { } latitude || Part(place, "longitude") is not { } longitude)
        {
            return null;
        }

        var (north, otherNorth) = (Radians(latitude), Radians(to.Latitude));
        var haversine = Math.Pow(Math.Sin((otherNorth - north) / 2), 2)
            + (Math.Cos(north) * Math.Cos(otherNorth) * Math.Pow(Math.Sin((Radians(to.Longitude) - Radians(longitude)) / 2), 2));
        var kilometres = 2 * KilometresOfRadius * Math.Asin(Math.Sqrt(haversine));
        return (decimal)(to.Miles ? kilometres / KilometresOfMile : kilometres);
    }

    private static decimal? Part(SoqlCompound? place, string name) =>
        place?.Parts.FirstOrDefault(part => part.Key == name).Value is decimal degrees ? degrees : null;

    private static double Radians(decimal degrees) => (double)degrees * Math.PI / 180;
}
