/**
 * The webhook of Prometheus Alertmanager (version 4, and 3 as far as it goes), and of whoever
 * imitates it, such as Grafana. It knows its parent only. Begin with {@link
 * dev.firebreak.alert.alertmanager.AlertmanagerParser}.
 */
@NullMarked
package dev.firebreak.alert.alertmanager;

import org.jspecify.annotations.NullMarked;
