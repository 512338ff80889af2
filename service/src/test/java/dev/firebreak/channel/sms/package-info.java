@org.jspecify.annotations.NullMarked
package dev.firebreak.channel.sms;
