namespace Courier.Simulator.Tests;

/// <summary>The check as ISO/IEC 7812-1 words it, written apart from the product's own: double every second digit from the right.</summary>
static class Luhn
{
    public static bool Holds(string digits) =>
        digits.Reverse().Select((c, place) => (c - '0') * (1 + place % 2)).Sum(n => n / 10 + n % 10) % 10 == 0;
}
